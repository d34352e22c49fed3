export { checkLaunch } from './check-launch.ts';
export type { PreflightLaunch } from './launch.ts';
export type { PreflightPorts } from './ports.ts';
export type { Problem } from './problem.ts';
