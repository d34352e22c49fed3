import { describe, expect, it } from 'vitest';
import { describeUpgradeFailure } from './run-upgrade-kills.ts';
import { upgradeRoundOf } from './upgrade-plan.ts';
import { runUpgradeRound } from './upgrade-round.ts';

/** Chosen once: together they kill everybody, and meet every program. */
const seeds = [2, 70, 84];

describe('the short suite of upgrades that are killed', () => {
  it('kills everybody, fills the disk and meets every program', () => {
    const rounds = seeds.map((seed) => upgradeRoundOf(seed));
    const targets = new Set(rounds.flatMap(({ strikes }) => strikes.map(({ target }) => target)));
    expect(targets.size).toBe(7);
    expect(new Set(rounds.map(({ program }) => program)).size).toBe(3);
    expect(rounds.some(({ backup }) => backup)).toBe(true);
  });

  it.concurrent.each(seeds)('ends in one of old or new with seed %i', async (seed) => {
    const report = await runUpgradeRound(upgradeRoundOf(seed));
    expect(report.problem === null ? '' : describeUpgradeFailure(report)).toBe('');
  });
});
