import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DashboardSource } from '@wemixvisor/dashboard';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { expect, it, onTestFinished } from 'vitest';
import type { CommandContext } from '../../context.ts';
import type { FoundHome } from '../../control/find-homes.ts';
import { createHomeRing } from './home-ring.ts';

const uid = 1000;

/** Homes a, b and c of this user, of which b is chosen; what is found can be changed. */
async function machine() {
  const folder = await temporaryDirectory();
  const { path: homeDirectory } = folder;
  const context = { uid, homeDirectory, temporaryDirectory: homeDirectory } as CommandContext;
  const at = (name: string) => join(homeDirectory, name);
  for (const name of ['a', 'b', 'c']) {
    mkdirSync(at(`${name}/logs`), { recursive: true });
    writeFileSync(at(`${name}/logs/node.log`), `INFO [03-04|09:15:02.118] log of ${name}\n`);
    writeFileSync(at(`${name}/logs/wemixvisor.log`), '');
  }
  const found = new Map<string, number>(['a', 'b', 'c'].map((name) => [name, uid]));
  const ring = createHomeRing(context, { home: at('b') }, () => {
    const homes: FoundHome[] = [...found].map(([name, owner]) => ({ home: at(name), owner }));
    return { homes, gone: [] };
  });
  onTestFinished(async () => {
    ring.close();
    await folder[Symbol.asyncDispose]();
  });
  return { found, first: ring.first };
}

const shown = (source: DashboardSource | undefined) => {
  const { home, place } = source?.facts() ?? {};
  return `${home} ${place ? `${place.at}/${place.of}` : '-'}`;
};
const watch = (source: DashboardSource | undefined) =>
  source?.show({ window: '15m', level: null }, () => {});

it('begins with the chosen home, and goes round all of them by path', async () => {
  const { first } = await machine();
  expect(shown(first)).toBe('~/b 2/3');
  expect(shown(first.turn?.(1))).toBe('~/c 3/3');
  expect(shown(first.turn?.(1).turn?.(1))).toBe('~/a 1/3');
  expect(first.turn?.(1).turn?.(-1)).toBe(first);
});

it('finds homes that appear, keeps the one that is shown where it is gone, and counts no single one', async () => {
  const { found, first } = await machine();
  found.clear();
  expect(first.turn?.(1)).toBe(first);
  expect(shown(first)).toBe('~/b -');
  found.set('c', uid);
  const next = first.turn?.(1);
  expect(shown(next)).toBe('~/c -');
});

it('reads the home that is shown alone: its lines are not those of another, and are read anew at the next turn', async () => {
  const { first } = await machine();
  const texts = (source: DashboardSource | undefined) =>
    source?.facts().log.map(({ text }) => text) ?? [];
  const next = first.turn?.(1);
  watch(first);
  await waitFor(() => texts(first).includes('log of b'));
  await waitFor(() => /^no node was ever started in .*\/b$/.test(first.facts().problem ?? ''));
  first.rest?.();
  watch(next);
  await waitFor(() => texts(next).includes('log of c'));
  expect(texts(next)).toHaveLength(1);
  expect(first.facts()).toMatchObject({ log: [], statusAt: null, problem: null });
  next?.rest?.();
  watch(first);
  await waitFor(() => texts(first).includes('log of b'));
});

it('shows of the home of another user whose it is, reads nothing of it and does nothing to it', async () => {
  const { found, first } = await machine();
  found.set('c', 2000);
  const theirs = first.turn?.(1);
  watch(theirs);
  await waitFor(() => theirs?.facts().problem === 'belongs to user 2000: run as that user');
  expect(theirs?.facts()).toMatchObject({ log: [], events: [], status: null });
  const notice = await theirs?.act('stop', () => {});
  expect(notice).toMatchObject({ isBad: true });
  expect(notice?.text).toMatch(/\/c belongs to user 2000: stop it as that user$/);
});
