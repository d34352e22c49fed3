export { checkLaunch } from './check-launch.ts';
export type { Problem } from './problem.ts';
