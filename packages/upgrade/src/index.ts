export { copyData } from './copy-data.ts';
export { pointCurrent } from './current-link.ts';
export { UpgradeError } from './errors.ts';
export { nextMove } from './next-move.ts';
export { isOver, newPlan, parsePlan } from './plan.ts';
export { readCosmovisorFolder } from './read-cosmovisor-folder.ts';
export { createWitness } from './witness.ts';
export { stageProgram } from './stage-program.ts';
export { isIntact, stageRunning } from './stage-running.ts';
