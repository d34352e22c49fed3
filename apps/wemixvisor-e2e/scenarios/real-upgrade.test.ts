import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { installation, type Status } from '../harness/installation.ts';

/** Two releases of geth, the older first, such as 1.13.15 and 1.17.5, or 1.16.9 and 1.17.5. */
const { WEMIXVISOR_GETH_OLD: old = '', WEMIXVISOR_GETH_NEW: next = '' } = process.env;
const isNamed = old !== '' && next !== '';
const why = isNamed ? '' : ' (skipped: WEMIXVISOR_GETH_OLD and WEMIXVISOR_GETH_NEW name none)';

/** By its program until it has answered, which both have in them. */
const numbersOf = ({ version }: Status) => /\d+\.\d+\.\d+/.exec(version ?? '')?.[0];

/** A chain of its own that stands still, as nobody drives it. */
const genesis = {
  config: {
    chainId: 4242,
    ...Object.fromEntries(
      ['homestead', 'eip150', 'eip155', 'eip158', 'byzantium', 'constantinople', 'petersburg']
        .concat(['istanbul', 'berlin', 'london'])
        .map((fork) => [`${fork}Block`, 0]),
    ),
    terminalTotalDifficulty: 0,
    terminalTotalDifficultyPassed: true,
    shanghaiTime: 0,
  },
  difficulty: '0x0',
  gasLimit: '0x1c9c380',
  alloc: {},
};

/** A home in which the old release runs. */
async function upgradable() {
  const wemixvisor = await installation();
  const folder = dirname(wemixvisor.home);
  const data = join(folder, 'data');
  writeFileSync(join(folder, 'genesis.json'), JSON.stringify(genesis));
  execFileSync(old, ['init', '--datadir', data, join(folder, 'genesis.json')], { stdio: 'ignore' });
  const alone = ['--networkid', '4242', '--nodiscover', '--maxpeers', '0', '--port', '0'];
  const node = ['--datadir', data, ...alone, '--authrpc.port', '0'];
  const started = await wemixvisor.run('start', '--binary', old, '--', ...node);
  expect([started.code, started.stderr]).toEqual([0, expect.anything()]);
  const before = await wemixvisor.status();
  const step = async () => {
    const { stdout } = await wemixvisor.run('upgrade', 'status', '--json');
    const { upgrade } = JSON.parse(stdout) as {
      readonly upgrade: { readonly step: string; readonly reason: string | null };
    };
    return upgrade;
  };
  return { ...wemixvisor, folder, node, before, step };
}

describe.skipIf(!isNamed)(`two releases of geth${why}`, () => {
  it('the new one proves itself, and the old one returns to the data it can read', async () => {
    await using place = await upgradable();
    const refused = await place.run('upgrade', next, '--watch', '5s');
    const hasDoor = refused.code !== 0;
    if (hasDoor) expect(refused.stderr).toContain('there is no way back once it has run');
    const backup = ['--backup', join(place.folder, 'backup')];
    const upgrade = hasDoor
      ? await place.run('upgrade', next, '--watch', '5s', ...backup)
      : refused;
    expect([upgrade.code, upgrade.stdout]).toEqual([0, expect.stringContaining('proved itself')]);
    const after = await place.status();
    expect(after.network).toContain('4242');
    expect(numbersOf(after)).not.toBe(numbersOf(place.before));
    if (hasDoor) {
      const blocked = await place.run('upgrade', 'rollback');
      expect([blocked.code, blocked.stdout]).toEqual([1, expect.stringContaining('cannot read')]);
    }
    const back = await place.run('upgrade', 'rollback', ...(hasDoor ? ['--restore'] : []));
    expect([back.code, back.stdout]).toEqual([0, expect.stringContaining('proved itself')]);
    expect(numbersOf(await place.status())).toBe(numbersOf(place.before));
  });

  it('the old one returns by itself where the new one dies of an argument', async () => {
    await using place = await upgradable();
    const words = ['--force', '--watch', '5s', '--', ...place.node, '--no-such-flag'];
    const { code, stdout } = await place.run('upgrade', next, ...words);
    expect([code, stdout]).toEqual([1, expect.stringContaining('no-such-flag')]);
    expect((await place.step()).step).toBe('gone-back');
    expect((await place.run('start')).code).toBe(0);
    expect(numbersOf(await place.status())).toBe(numbersOf(place.before));
  });

  it('a new one that cannot be asked is held where the old one cannot read the data, and goes back elsewhere', async () => {
    await using place = await upgradable();
    const words = ['--force', '--watch', '4s', '--', ...place.node, '--ipcdisable'];
    expect((await place.run('upgrade', next, ...words)).code).toBe(1);
    const { step, reason } = await place.step();
    expect(reason).toContain('it does not say its chain');
    if (step === 'held') expect(reason).toContain('which this release cannot read');
    expect(['held', 'gone-back']).toContain(step);
  });
});
