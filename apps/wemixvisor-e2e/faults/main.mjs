// Vite reads the TypeScript: Node 20 does not.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const file = fileURLToPath(new URL('run-faults.ts', import.meta.url));
const { module } = await runnerImport(file, {
  configFile: false,
  logLevel: 'error',
  oxc: { target: 'node20' },
});
const say = (line) => process.stdout.write(`${line}\n`);
process.exitCode = await module.runFaults({ args: process.argv.slice(2), say });
