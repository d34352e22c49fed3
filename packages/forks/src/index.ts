export { askAboutForks } from './ask-about-forks.ts';
export { decodeNodeRecord } from './node-record.ts';
export { forksOfRelease } from './release-forks.ts';
export type { ForkVerdict } from './verdict.ts';
export { weighForks } from './weigh-forks.ts';
