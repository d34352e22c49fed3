// Vite reads the TypeScript: Node 20 does not.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const file = fileURLToPath(new URL('run-soak.ts', import.meta.url));
const { module } = await runnerImport(file, {
  configFile: false,
  logLevel: 'error',
  oxc: { target: 'node20' },
});
const say = (line) => process.stdout.write(`${line}\n`);
process.exitCode = await module.runSoak({ args: process.argv.slice(2), say });
