// Vite reads the TypeScript: Node 20 does not.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/** Runs a command of a TypeScript file with the arguments of this process; its result is the exit code. */
export async function runTypeScript(file, name) {
  const { module } = await runnerImport(fileURLToPath(file), {
    configFile: false,
    logLevel: 'error',
    oxc: { target: 'node20' },
  });
  const say = (line) => process.stdout.write(`${line}\n`);
  process.exitCode = await module[name]({ args: process.argv.slice(2), say });
}
