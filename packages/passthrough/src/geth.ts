export { deriveNodeFacts, type NodeFacts } from './derive-node-facts.ts';
export type { NodeFile } from './derive/files.ts';
export type { NodePort } from './derive/listeners.ts';
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
  findFlag,
  findSubcommand,
  flagOfVariable,
  isKnownTo,
  kindFor,
  newestGeth,
  newestGwemix,
  variableNames,
  wordsFor,
  type Target,
} from './registry/look-up.ts';
export { renderFindings } from './render-findings.ts';
export { validate } from './validate.ts';
export type { Finding, FindingCode } from './validate/finding.ts';
