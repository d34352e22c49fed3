export { didYouMean } from './did-you-mean.ts';
export { ConfigError } from './errors.ts';
export { readConfigFile } from './read-config-file.ts';
export { declareSettings } from './settings/declare-settings.ts';
export { setting } from './settings/setting.ts';
export type { ValueType } from './value-type.ts';
/** How values that people type are read, described and written: `valueTypes.duration.parse('5m')` is 300000. */
export * as valueTypes from './value-types.ts';
