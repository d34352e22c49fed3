import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { StartRequest } from '../control/operations.ts';
import type { Launch } from '../state/launch.ts';
import type { Upgrade } from '../state/upgrade-history.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';
import { isUpgradeUnderWay, upgradedStart } from './upgraded-start.ts';

const launchOf = (file: string, ...args: readonly string[]): Launch => ({
  ...{ file, args, env: {}, cwd: '/' },
  node: { flavour: 'geth', version: '1.16.9', raw: '1.16.9' },
});
const requestOf = (launch: Launch) => ({ launch }) as StartRequest;
const upgradeOf = (
  step: UpgradePlan['step'],
  from: Launch,
  to: Launch,
  content = 'old',
): Upgrade => ({
  ...{ from, to },
  plan: {
    step,
    from: {
      version: null,
      program: from.file,
      sha256: createHash('sha256').update(content).digest('hex'),
    },
  } as UpgradePlan,
});

async function oldProgram() {
  const folder = await temporaryDirectory();
  const file = join(folder.path, 'geth');
  writeFileSync(file, 'old');
  return { file, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe('a start that names a program', () => {
  it.each(['watching', 'kept', 'held'] as const)(
    'gets what an upgrade that is %s has put in its place',
    async (step) => {
      await using old = await oldProgram();
      const [from, to] = [launchOf(old.file, '--a'), launchOf('/new', '--b')];
      const upgrades = [upgradeOf(step, from, to)];
      const same = await upgradedStart(requestOf(launchOf(old.file, '--a')), upgrades);
      expect(same.launch).toMatchObject({ file: '/new', args: ['--b'] });
      const other = await upgradedStart(requestOf(launchOf(old.file, '--c')), upgrades);
      expect(other.launch).toMatchObject({ file: '/new', args: ['--c'] });
    },
  );

  it('follows one upgrade after the other', async () => {
    await using old = await oldProgram();
    await using second = await oldProgram();
    const [first, middle, last] = [old.file, second.file, '/last'].map((file) => launchOf(file));
    if (first === undefined || middle === undefined || last === undefined) return;
    const upgrades = [upgradeOf('kept', first, middle), upgradeOf('kept', middle, last)];
    expect((await upgradedStart(requestOf(first), upgrades)).launch.file).toBe('/last');
  });

  it('is taken at its word after a way back, where its file has changed, and for another program', async () => {
    await using old = await oldProgram();
    const [from, to] = [launchOf(old.file), launchOf('/new')];
    const request = requestOf(from);
    for (const upgrade of [
      upgradeOf('gone-back', from, to),
      upgradeOf('kept', from, to, 'another content'),
      upgradeOf('kept', launchOf('/other'), to),
    ]) {
      expect(await upgradedStart(request, [upgrade])).toBe(request);
    }
  });
});

describe('an upgrade', () => {
  const snapshot = (step: string, desired: 'up' | 'down' = 'up') => {
    const { from, to } = { from: null, to: launchOf('/new') };
    return { desired, upgrade: { plan: { step }, from, to } };
  };

  it('goes on by itself once it has begun', () => {
    const underWay = (step: string) => isUpgradeUnderWay(snapshot(step));
    expect(['stopping', 'preparing', 'watching', 'going-back'].every(underWay)).toBe(true);
    expect(['waiting', 'kept', 'gone-back', 'held', 'failed'].some(underWay)).toBe(false);
    expect(isUpgradeUnderWay({ desired: 'up', upgrade: null })).toBe(false);
  });

  it('waits for the operator where the node that is watched was stopped', () => {
    expect(isUpgradeUnderWay(snapshot('watching', 'down'))).toBe(false);
  });
});
