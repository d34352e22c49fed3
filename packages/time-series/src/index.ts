export { changeRate } from './change-rate.ts';
export { createTimeSeries } from './create-time-series.ts';
export { timeToFloor } from './time-to-floor.ts';
export type { TimeSeries } from './time-series.ts';
