import {
  readArguments,
  type ParsedArguments,
  type ReadingOptions,
} from '../parse-node-arguments.ts';
import { surroundingsOf, type ReadingContext, type Surroundings } from '../reading-context.ts';
import { settingsOf, type Settings } from '../settings.ts';
import { readConfigFile, rootTable, type ConfigFile, type ConfigTable } from '../toml-config.ts';

/** Everything a fact is derived from: the flags first, then the file, then the program's own defaults. */
export interface Situation {
  readonly parsed: ParsedArguments;
  readonly settings: Settings;
  readonly configFile: ConfigFile;
  /** The root table of the file, empty where there is none. */
  readonly config: ConfigTable;
  readonly surroundings: Surroundings;
}

/** Reads argv, environment and the TOML file once. */
export function situationOf(
  argv: readonly string[],
  context?: ReadingContext,
  options?: ReadingOptions,
): Situation {
  const surroundings = surroundingsOf(context);
  const parsed = readArguments(argv, surroundings, options);
  const settings = settingsOf(parsed, surroundings);
  const configFile = readConfigFile(settings, surroundings);
  return { parsed, settings, configFile, config: rootTable(configFile), surroundings };
}
