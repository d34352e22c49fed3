import { runTypeScript } from '../harness/run-typescript.mjs';

await runTypeScript(new URL('run-systemd.ts', import.meta.url), 'runSystemd');
