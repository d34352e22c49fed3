import { runQuick } from './commands/quick-commands.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { runProgram } from './run-program.ts';

/* The program for the commands that are quick. */
runProgram((argv, context) => runQuick(parseCommandLine(argv), context));
