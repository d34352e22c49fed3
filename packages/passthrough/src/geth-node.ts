export { askNodeVersion } from './ask-node-version.ts';
export { machineContext } from './parse/machine-context.ts';
