export { causes } from './causes.ts';
export { classifyExit } from './classify-exit.ts';
export { startRepair } from './start-repair.ts';
export { stopPhase } from './stop-phase.ts';
