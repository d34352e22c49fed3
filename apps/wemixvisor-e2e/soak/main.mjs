import { runTypeScript } from '../harness/run-typescript.mjs';

await runTypeScript(new URL('run-soak.ts', import.meta.url), 'runSoak');
