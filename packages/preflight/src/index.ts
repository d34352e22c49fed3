export { checkLaunch } from './check-launch.ts';
export { findListener } from './find-listener.ts';
