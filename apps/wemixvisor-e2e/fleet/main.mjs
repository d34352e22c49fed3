import { runTypeScript } from '../harness/run-typescript.mjs';

await runTypeScript(new URL('run-fleet.ts', import.meta.url), 'runFleet');
