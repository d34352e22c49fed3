export {
  deriveNodeFacts,
  type NodeFacts,
  type NodeFile,
  type NodePort,
} from './derive-node-facts.ts';
export type { Endpoint } from './derive/endpoints.ts';
export {
  parseNodeArguments,
  type ParsedArguments,
  type ParsedFlag,
  type ParsedWord,
  type WordRole,
} from './parse-node-arguments.ts';
export type { ReadingContext } from './reading-context.ts';
export type {
  Flag,
  FlagKind,
  FlagRange,
  FlagWords,
  ReleaseSpan,
  Since,
  Subcommand,
} from './registry/flag.ts';
export {
  allFlags,
  defaultFor,
  environmentNameFor,
  findFlag,
  findSubcommand,
  isKnownTo,
  kindFor,
  newestGeth,
  newestGwemix,
  wordsFor,
  type Target,
} from './registry/look-up.ts';
