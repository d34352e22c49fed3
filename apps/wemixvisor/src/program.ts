/* All of the program, but for what the main file does by itself. */
export { runCli } from './cli.ts';
