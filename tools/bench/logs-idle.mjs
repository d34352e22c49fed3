/*
 * What a watched log costs when little is written: processor time of the watching process, next to that of one without a log.
 * Needs the built package: npx nx run @wemixvisor/logs:build && node tools/bench/logs-idle.mjs [seconds]
 */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLogStore } from '@wemixvisor/logs';
import { counts, inFolder, round } from './logs-data.mjs';

const [seconds] = counts([60]);

/** Percent of one processor over the time. */
async function cost(perSecond) {
  const before = process.cpuUsage();
  for (let second = 0; second < seconds; second += 1) {
    perSecond();
    await sleep(1000);
  }
  const { user, system } = process.cpuUsage(before);
  return round((user + system) / 10_000 / seconds, 4);
}

await inFolder(async (home) => {
  const line = 'INFO [03-04|09:15:17.978] Imported new potential chain segment number=24,583,127\n';
  const other = join(home, 'other');
  await sleep(2000); // The start of Node itself is over by then.
  const quiet = await cost(() => undefined);
  const written = await cost(() => appendFileSync(other, line));
  const store = openLogStore({ directory: join(home, 'logs'), name: 'node' });
  appendFileSync(store.livePath, line);
  store.watch(() => null);
  await sleep(2000);
  console.log(`Node ${process.version}, ${seconds} s each: percent of one processor`);
  const watchedQuiet = await cost(() => undefined);
  const watchedWritten = await cost(() => appendFileSync(store.livePath, line));
  console.table({
    quiet: { without: quiet, watched: watchedQuiet, added: round(watchedQuiet - quiet, 4) },
    'a line a second': {
      without: written,
      watched: watchedWritten,
      added: round(watchedWritten - written, 4),
    },
  });
  await store.dispose();
});
