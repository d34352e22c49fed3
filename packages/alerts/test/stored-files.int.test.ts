import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import type { AlertFacts } from '../src/alert-facts.ts';
import { createAlerts } from '../src/index.ts';

const facts: AlertFacts = {
  lifecycle: {
    state: 'running',
    desired: 'up',
    reason: null,
    startedAt: 0,
    restarts: { crash: 0 },
    failures: 0,
    lastExit: null,
  },
  logDiskFull: true,
};
const node = () => ({ home: '/h', network: null, binary: null, state: 'running', pid: null });

it('what the next process must know is in files of their owner, and is read from there', async () => {
  await using folder = await temporaryDirectory();
  const log: string[] = [];
  const write = (_facts: object, message: string) => void log.push(message);
  const setup = {
    ...{ facts: () => facts, node, directory: folder.path, exec: ['/bin/sh', '-c', 'exit 1'] },
    ...{ env: { PATH: '/usr/bin:/bin' }, log: { info: write, warn: write, error: write } },
  };
  await createAlerts(setup).finish();
  const files = readdirSync(folder.path).toSorted();
  expect(files).toEqual(['alerts-waiting.json', 'alerts.json']);
  for (const file of files) expect(statSync(join(folder.path, file)).mode & 0o777).toBe(0o600);
  expect(log[0]).toMatch(/^alert raised: /);
  log.length = 0;
  const next = createAlerts(setup);
  expect(next.report().channels[0]).toMatchObject({ queued: 1 });
  await next.finish();
  expect(log.filter((line) => line.startsWith('alert raised'))).toEqual([]);
});
