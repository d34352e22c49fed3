export { LogsError, type LogsErrorCode } from './errors.ts';
export { levels, isAtLeast, parseLevel, type Level } from './format/level.ts';
export { parseLogLine } from './format/parse-log-line.ts';
export type { LineContext, LogFormat, ParsedLine } from './format/parsed-line.ts';
export type { LogRecord } from './read/log-record.ts';
export { compilePattern, type PatternOptions } from './read/pattern.ts';
export { lastLines, readLog, type ReadOptions } from './read/read-log.ts';
export { openLogStore, type LogStore, type LogStoreOptions } from './store/open-log-store.ts';
export { parseTimeExpression, timeForms } from './time-expression.ts';
