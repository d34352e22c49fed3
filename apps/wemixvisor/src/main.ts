#!/usr/bin/env node
import { commandNames } from './commands/command-names.ts';
import { quickCommands, runQuick } from './commands/quick-commands.ts';
import type * as ShowStatus from './commands/status/show-status.ts';
import type * as StatusText from './commands/status/status-text.ts';
import { prespawnSupervisor } from './control/prespawn-supervisor.ts';
import { parseCommandLine } from './parse-command-line.ts';
import type * as Program from './program.ts';
import { runProgram } from './run-program.ts';

/* What a script asks for every second is here, and is done before anything else of the program is read. */

/** What stands first on a command line: what one command compiles is of little use to another. */
const words = new Set(['supervise', ...commandNames.map((name) => name.split(' ')[0])]);

/** Another part of the program, with the code that V8 compiled for it in an earlier run. */
async function part(name: string, keptAs = name): Promise<unknown> {
  const { cacheFolder, loadCompiled } = await import('./compile-cache.ts');
  const folder = cacheFolder(process.env, process.getuid?.() ?? -1);
  return loadCompiled(`${import.meta.dirname}/${name}.cjs`, { folder, name: keptAs });
}

const quick = quickCommands(
  async (...shown) => ((await part('status-text')) as typeof StatusText).statusText(...shown),
  async (run) => ((await part('show-status')) as typeof ShowStatus).showStatus(run),
);

runProgram(async (argv, context) => {
  const line = parseCommandLine(argv);
  const code = await runQuick(line, context, quick);
  if (code !== undefined) return code;
  // The supervisor that a start will need loads its modules while the program of the command is still read.
  const prespawned = prespawnSupervisor(line, context);
  const [word = ''] = argv;
  const { runCli } = (await part('program', words.has(word) ? word : undefined)) as typeof Program;
  return runCli(argv, context, prespawned);
});
