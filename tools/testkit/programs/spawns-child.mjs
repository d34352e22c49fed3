// Starts a child that ignores SIGTERM, says "child PID" and "ready", and ignores SIGTERM itself.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('ignores-sigterm.mjs', import.meta.url));
const child = spawn(process.execPath, [path], { stdio: ['ignore', 'pipe', 'ignore'] });
process.on('SIGTERM', () => undefined);
child.stdout.once('data', () => console.log(`child ${child.pid}\nready`));
