#!/usr/bin/env node
import { exactCommandLine } from '@wemixvisor/process';
import { messageOf } from './app-error.ts';
import type * as Program from './cli.ts';
import { commandNames } from './commands/command-names.ts';
import { quickCommands, runQuick } from './commands/quick-commands.ts';
import type * as ShowStatus from './commands/status/show-status.ts';
import type * as StatusText from './commands/status/status-text.ts';
import { becomeCommandOfInit } from './container.ts';
import { processContext, type AppContext } from './context.ts';
import { prespawnSupervisor } from './control/prespawn-supervisor.ts';
import { exitCodes } from './exit-codes.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { failOnLostOutput } from './program-output.ts';

/* What a script asks for every second is here, and is done before anything else of the program is read. */

/** What stands first on a command line: what one command compiles is of little use to another. */
const words = new Set(['supervise', ...commandNames.map((name) => name.split(' ')[0])]);

/** Another part of the program, with the code that V8 compiled for it in an earlier run. */
async function part(name: string, keptAs = name): Promise<unknown> {
  const { cacheFolder, loadCompiled } = await import('./compile-cache.ts');
  const folder = cacheFolder(process.env, process.getuid?.() ?? -1);
  return loadCompiled(`${import.meta.dirname}/${name}.cjs`, folder, keptAs);
}

const quick = quickCommands(
  async (...shown) => ((await part('status-text')) as typeof StatusText).statusText(...shown),
  async (run) => ((await part('show-status')) as typeof ShowStatus).showStatus(run),
);

async function run(argv: readonly string[], context: AppContext): Promise<number> {
  const line = parseCommandLine(argv);
  const code = await runQuick(line, context, quick);
  if (code !== undefined) return code;
  // The supervisor that a start will need loads its modules while the program of the command is still read.
  const prespawned = prespawnSupervisor(line, context);
  const [word = ''] = argv;
  const { runCli } = (await part('program', words.has(word) ? word : undefined)) as typeof Program;
  return runCli(argv, context, prespawned);
}

/** Runs this process as the program: its words and variables as they are, its output whole or told. */
async function main(): Promise<void> {
  const advice = becomeCommandOfInit(process);
  if (advice !== undefined) process.stderr.write(`wemixvisor: ${advice}\n`);
  const { args, env } = exactCommandLine(process);
  const context = processContext(env);
  failOnLostOutput(process, context);
  process.exitCode = await run(args, context);
  // Nobody may ever read what standard output still holds; that must not keep a program that is done. Who pressed Ctrl-C waits no more.
  setTimeout(() => process.exit(), process.exitCode === exitCodes.interrupted ? 0 : 5_000).unref();
}

// Not awaited: this is built as a CommonJS module.
main().catch((error: unknown) => {
  process.stderr.write(`wemixvisor: ${messageOf(error)}\n`);
  process.exitCode = exitCodes.usage;
});
