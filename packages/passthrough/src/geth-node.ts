export { machineContext } from './parse/machine-context.ts';
