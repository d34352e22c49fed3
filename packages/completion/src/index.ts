export { completionScript } from './completion-script.ts';
export { renderHelp } from './render-help.ts';
