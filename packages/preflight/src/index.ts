export { checkLaunch } from './check-launch.ts';
export type { NamedFile } from './checks/files.ts';
export type { WantedPort } from './checks/listening-ports.ts';
export type { PreflightLaunch } from './launch.ts';
export type { PreflightPorts } from './ports.ts';
export type { CheckName, Problem } from './problem.ts';
