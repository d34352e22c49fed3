export { ConfigError } from './errors.ts';
export { readConfigFile } from './read-config-file.ts';
export type { ValueType } from './value-type.ts';
/** How values that people type are read, described and written: `valueTypes.duration.parse('5m')` is 300000. */
export * as valueTypes from './value-types.ts';
