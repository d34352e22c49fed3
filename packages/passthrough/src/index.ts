export { buildCommand, type Command } from './build-command.ts';
export { explainMissingSeparator, type MissingSeparator } from './explain-missing-separator.ts';
export {
  parseClientVersion,
  parseVersionOutput,
  type Flavour,
  type NodeVersion,
} from './node-version.ts';
export { quoteArgument, quoteCommand } from './quote.ts';
export { redactSecrets } from './redact-secrets.ts';
export { redactText } from './redact-text.ts';
export { splitArgv, type SplitArguments } from './split-argv.ts';
