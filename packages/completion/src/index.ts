export { completionScript } from './completion-script.ts';
export type { ProgramDescription } from './program-description.ts';
