export { countRefusedHandshakes } from './refused-handshakes.ts';
export { decodeNodeRecord } from './node-record.ts';
export type { ForkEvidence } from './evidence.ts';
export { forksOfRelease } from './release-forks.ts';
export { readStartBanner } from './start-banner.ts';
export type { ForkVerdict } from './verdict.ts';
export { weighForks } from './weigh-forks.ts';
