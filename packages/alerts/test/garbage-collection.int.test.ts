import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { waitFor } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { postAlert } from '../src/channels/webhook.ts';
import { timeLimit } from '../src/channels/time-limit.ts';
import { alertOf } from './alert-of.ts';
import { receiver } from './receiver.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

it('a silent receiver is left at the time limit, though garbage is collected before it', async () => {
  const silent = await receiver(() => {});
  const attempt = postAlert(alertOf(), {
    url: new URL(silent.url),
    format: 'json',
    secretFile: null,
    reminderMs: 0,
    signal: new AbortController().signal,
    timeoutMs: 500,
  });
  await waitFor(() => silent.received.length > 0);
  const collecting = setInterval(collectGarbage, 20);
  const overdue = new Promise((resolve) => setTimeout(resolve, 10_000, 'it hangs').unref());
  expect(await Promise.race([attempt, overdue])).toEqual({
    delivered: false,
    why: 'no whole answer within 0.5 s',
    retry: true,
  });
  clearInterval(collecting);
});

it('a time limit aborts when the outer signal does, also when it has already', () => {
  const outer = new AbortController();
  const before = timeLimit(outer.signal, 60_000);
  expect(before.signal.aborted).toBe(false);
  outer.abort();
  expect(before.signal.aborted).toBe(true);
  const after = timeLimit(outer.signal, 60_000);
  expect(after.signal.aborted).toBe(true);
  before.release();
  after.release();
});

it('a time limit that was released aborts no more', async () => {
  const outer = new AbortController();
  const limit = timeLimit(outer.signal, 10);
  limit.release();
  outer.abort();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(limit.signal.aborted).toBe(false);
});
