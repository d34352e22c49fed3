import { runCli } from './cli.ts';
import { runProgram } from './run-program.ts';

/* The whole program. */
runProgram(runCli);
