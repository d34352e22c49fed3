import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { awaitsHandler } from './linux-handlers.ts';

const statusOf = (caught: string, blocked: string) =>
  `Name:\tgeth\nSigQ:\t0/95\nSigBlk:\t${blocked}\nSigIgn:\t0000000000000000\nSigCgt:\t${caught}\nCapInh:\t0\n`;

/** As geth 1.16.9 and Node.js 22 showed themselves on Linux 6. */
const go = 'fffffffd7fc1feff';
const none = '0000000000000000';
const notified = 'fffffffc3bba3a00';
const allBlocked = 'fffffffffffbfeff';

/** Whether a process with these signal masks awaits its handler. */
async function awaits(caught: string, ...blocked: readonly string[]) {
  await using proc = await temporaryDirectory();
  const folder = join(proc.path, '42');
  blocked.forEach((mask, thread) => {
    mkdirSync(join(folder, 'task', `${42 + thread}`), { recursive: true });
    writeFileSync(join(folder, 'task', `${42 + thread}`, 'status'), statusOf(caught, mask));
  });
  writeFileSync(join(folder, 'status'), statusOf(caught, blocked[0] ?? none));
  return awaitsHandler(proc.path, 42, readdirSync);
}

describe('a process', () => {
  it('that is a Go program awaits its handler until one thread waits for signals', async () => {
    expect(await awaits(go, none, none)).toBe(true);
    expect(await awaits(go, none, allBlocked)).toBe(true);
    expect(await awaits(go, none, notified, none)).toBe(false);
  });

  it('that asked for another signal counts as one that has its handlers', async () => {
    // signal.Notify(c, SIGUSR2): the mask does not tell which were asked for.
    expect(await awaits(go, none, 'fffffffc3bba3200')).toBe(false);
  });

  it('that is no Go program awaits nothing, with handlers or without', async () => {
    expect(await awaits('0000000108014602', none, none)).toBe(false);
    expect(await awaits(none, none)).toBe(false);
    // The runtime has only begun.
    expect(await awaits('000000003fc1feff', none)).toBe(false);
  });

  it('that is gone awaits nothing', async () => {
    await using proc = await temporaryDirectory();
    expect(awaitsHandler(proc.path, 42, () => [])).toBe(false);
  });
});
