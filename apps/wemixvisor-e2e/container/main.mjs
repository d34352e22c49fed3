import { runTypeScript } from '../harness/run-typescript.mjs';

await runTypeScript(new URL('run-container.ts', import.meta.url), 'runContainer');
