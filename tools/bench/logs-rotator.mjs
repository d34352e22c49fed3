/* Rotates a log until killed, and tells each event as a line of JSON. logs-rotator.mjs FOLDER PROCESS-GROUP MiB */
import { writeSync } from 'node:fs';
import { openLogStore } from '@wemixvisor/logs';

const [directory, group, size] = process.argv.slice(2);
const tell = (event) => writeSync(1, `${JSON.stringify(event)}\n`);
const signal = (name) => {
  try {
    return process.kill(-Number(group), name);
  } catch {
    return false; // It has ended.
  }
};
const store = openLogStore(
  { directory, name: 'node', maxFiles: 500, maxSizeBytes: Number(size) * 1024 * 1024 },
  { onEvent: tell },
);
store.watch(() => ({
  groupId: Number(group),
  pause: () => signal('SIGSTOP'),
  resume: () => signal('SIGCONT'),
}));
tell({ type: 'at-work' });
