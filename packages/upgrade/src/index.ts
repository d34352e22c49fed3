export { copyData } from './copy-data.ts';
export { pointCurrent } from './current-link.ts';
export { UpgradeError } from './errors.ts';
export { nextMove } from './next-move.ts';
export { isOver, parsePlan } from './plan.ts';
export { readCosmovisorFolder } from './read-cosmovisor-folder.ts';
export { stageProgram } from './stage-program.ts';
