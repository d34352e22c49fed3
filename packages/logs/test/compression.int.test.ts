import { appendFileSync, readdirSync } from 'node:fs';
import * as timers from 'node:timers/promises';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openLogStore, type LogStore } from '../src/index.ts';

vi.mock('node:timers/promises', async (original) => ({
  ...(await original<typeof timers>()),
  setTimeout: vi.fn(() => Promise.resolve()),
}));

const rest = vi.mocked(timers.setTimeout);
const block = 1024 * 1024;
const part = Buffer.alloc(3 * block, 'a line of the node\n');

afterEach(() => rest.mockReset());

/** Rotates a segment of three blocks and has it compressed. */
async function compressOne(store: LogStore): Promise<void> {
  appendFileSync(store.livePath, part);
  expect(await store.rotate(null)).toMatchObject({ rotated: true, bytes: part.length });
  await vi.waitFor(() => expect(store.figures.compressed).toBe(1), 10_000);
}

describe('compression', () => {
  it('rests between blocks, many times as long as it works', async () => {
    await using home = await temporaryDirectory();
    const store = openLogStore({ directory: home.path, name: 'node' });
    await compressOne(store);
    expect(rest).toHaveBeenCalledTimes(2);
    await store.dispose();
  });

  it('does not rest when the next segment would make older ones go', async () => {
    await using home = await temporaryDirectory();
    const limits = { maxSizeBytes: 3 * block, maxTotalBytes: 5 * block };
    const store = openLogStore({ directory: home.path, name: 'node', ...limits });
    await compressOne(store);
    expect(rest).not.toHaveBeenCalled();
    await store.dispose();
  });

  it('does not keep the limits waiting', async () => {
    await using home = await temporaryDirectory();
    const store = openLogStore({ directory: home.path, name: 'node', maxFiles: 2 });
    let goOn = (): void => undefined;
    rest.mockImplementation(() => new Promise<void>((resolve) => (goOn = resolve)));
    const plain = () => readdirSync(home.path).filter((name) => /^node-.*\.log$/.test(name));
    for (let at = 0; at < 4; at += 1) {
      appendFileSync(store.livePath, part);
      await store.rotate(null);
    }
    await vi.waitFor(() => expect(rest).toHaveBeenCalled(), 10_000);
    expect(plain()).toHaveLength(2);
    rest.mockResolvedValue(undefined);
    goOn();
    await store.dispose();
  });
});
