import { runTypeScript } from '../harness/run-typescript.mjs';

await runTypeScript(new URL('run-upgrade-kills.ts', import.meta.url), 'runUpgradeKills');
