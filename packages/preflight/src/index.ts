export { checkLaunch } from './check-launch.ts';
export { checkSurroundings } from './check-surroundings.ts';
export { findListener } from './find-listener.ts';
