import { runTypeScript } from '../harness/run-typescript.mjs';

await runTypeScript(new URL('run-faults.ts', import.meta.url), 'runFaults');
