import { exactCommandLine } from '@wemixvisor/process';
import { messageOf } from './app-error.ts';
import { runCli } from './cli.ts';
import { becomeCommandOfInit } from './container.ts';
import { processContext } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import { failOnLostOutput } from './program-output.ts';

async function main(): Promise<void> {
  const advice = becomeCommandOfInit(process);
  if (advice !== undefined) process.stderr.write(`wemixvisor: ${advice}\n`);
  const { args, env } = exactCommandLine(process);
  const context = processContext(env);
  failOnLostOutput(process, context);
  process.exitCode = await runCli(args, context);
  // Nobody may ever read what standard output still holds; that must not keep a program that is done. Who pressed Ctrl-C waits no more.
  setTimeout(() => process.exit(), process.exitCode === exitCodes.interrupted ? 0 : 5_000).unref();
}

// Not awaited here: this is built as a CommonJS module.
main().catch((error: unknown) => {
  process.stderr.write(`wemixvisor: ${messageOf(error)}\n`);
  process.exitCode = exitCodes.usage;
});
