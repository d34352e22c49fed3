import { exactCommandLine } from '@wemixvisor/process';
import { messageOf } from './app-error.ts';
import { becomeCommandOfInit } from './container.ts';
import { processContext, type AppContext } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import { failOnLostOutput } from './program-output.ts';

/**
 * Runs this process as the program: its words and variables as they are, its output whole or told.
 *
 * @param run - what a command line does; returns the exit code
 */
export function runProgram(
  run: (argv: readonly string[], context: AppContext) => Promise<number | undefined>,
): void {
  // Not awaited here: this is built as a CommonJS module.
  main(run).catch((error: unknown) => {
    process.stderr.write(`wemixvisor: ${messageOf(error)}\n`);
    process.exitCode = exitCodes.usage;
  });
}

async function main(run: Parameters<typeof runProgram>[0]): Promise<void> {
  const advice = becomeCommandOfInit(process);
  if (advice !== undefined) process.stderr.write(`wemixvisor: ${advice}\n`);
  const { args, env } = exactCommandLine(process);
  const context = processContext(env);
  failOnLostOutput(process, context);
  process.exitCode = await run(args, context);
  // Nobody may ever read what standard output still holds; that must not keep a program that is done. Who pressed Ctrl-C waits no more.
  setTimeout(() => process.exit(), process.exitCode === exitCodes.interrupted ? 0 : 5_000).unref();
}
