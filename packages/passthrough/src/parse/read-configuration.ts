import { flagValuesOf, type FlagValues } from './flag-values.ts';
import { parseInContext, type ParseOptions } from './parse-node-arguments.ts';
import type { ParsedArguments } from './parsed-arguments.ts';
import { resolveContext, type ReadingContext, type ResolvedContext } from './reading-context.ts';
import { readConfigFile, rootTable, type ConfigFile, type ConfigTable } from './toml-config.ts';

/** Everything that facts and findings are derived from: flags and variables first, then the file, then defaults. */
export interface NodeConfiguration {
  readonly parsed: ParsedArguments;
  readonly flagValues: FlagValues;
  readonly configFile: ConfigFile;
  /** The root table of the file, empty where there is none. */
  readonly config: ConfigTable;
  readonly context: ResolvedContext;
}

/** Reads argv, environment and the TOML file once. */
export function readConfiguration(
  argv: readonly string[],
  given?: ReadingContext,
  options?: ParseOptions,
): NodeConfiguration {
  const context = resolveContext(given);
  const parsed = parseInContext(argv, context, options);
  const flagValues = flagValuesOf(parsed, context);
  const configFile = readConfigFile(flagValues, context);
  return { parsed, flagValues, configFile, config: rootTable(configFile), context };
}
