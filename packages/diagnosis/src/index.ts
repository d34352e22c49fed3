export { causes } from './causes.ts';
export { classifyExit } from './classify-exit.ts';
export type { Diagnosis } from './diagnosis.ts';
