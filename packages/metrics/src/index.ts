export { createTally } from './tally.ts';
export { describeMetrics } from './describe-metrics.ts';
export { renderMetrics } from './render-metrics.ts';
