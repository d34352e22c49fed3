export { compareReleases } from './validate/compare-releases.ts';
export { deriveNodeFacts, type NodeFacts } from './derive/derive-node-facts.ts';
export { parseNodeArguments } from './parse/parse-node-arguments.ts';
export { allFlags, findFlag, isKnownTo } from './registry/look-up.ts';
export { offeredFlags } from './registry/offered-flags.ts';
export { renderFindings } from './validate/render-findings.ts';
export { validate } from './validate/validate.ts';
