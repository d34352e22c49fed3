export { explainMissingSeparator } from './command/explain-missing-separator.ts';
export { quoteCommand } from './command/quote.ts';
export { splitArgv } from './command/split-argv.ts';
export { splitCommand } from './command/split-command.ts';
export { parseClientVersion, parseVersionOutput, type NodeVersion } from './node-version.ts';
export { redactSecrets } from './redact/redact-secrets.ts';
export { redactText } from './redact/redact-text.ts';
