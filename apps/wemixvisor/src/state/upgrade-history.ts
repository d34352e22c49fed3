import { parsePlan } from '@wemixvisor/upgrade';
import type { HomePaths } from './home-paths.ts';
import { launchFromJson, launchToJson, type Launch, type LaunchJson } from './launch.ts';
import { readJsonFile } from './read-json-file.ts';
import { recallState } from './recall-state.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';
import { writeJsonFile } from './write-json-file.ts';

/** An upgrade with its commands, which hold secrets as launch.json does. */
export interface Upgrade {
  readonly plan: UpgradePlan;
  readonly from: Launch | null;
  readonly to: Launch;
}

/** Upgrades that are remembered. */
const kept = 20;

/** The upgrades of a home that are over, the newest last; none where the file cannot be read. */
export function readUpgradeHistory({ upgrades }: Pick<HomePaths, 'upgrades'>): readonly Upgrade[] {
  try {
    const all = readJsonFile(upgrades);
    return Array.isArray(all) ? all.flatMap(upgradeIn) : [];
  } catch {
    return [];
  }
}

/** Where the upgrade stands that the last supervisor of a home left; null where none was ever planned. */
export function leftUpgrade(paths: HomePaths): UpgradePlan | null {
  return parsePlan(recallState(paths).state?.lifecycle.upgrade?.plan) ?? null;
}

/** Adds an upgrade that is over, unless it is there already. */
export function rememberUpgrade(paths: Pick<HomePaths, 'upgrades'>, upgrade: Upgrade): void {
  const known = readUpgradeHistory(paths);
  if (known.some(({ plan }) => plan.id === upgrade.plan.id)) return;
  const all = [...known, upgrade].slice(-kept);
  writeJsonFile(
    paths.upgrades,
    all.map(({ plan, from, to }) => ({
      plan,
      from: from && launchToJson(from),
      to: launchToJson(to),
    })),
  );
}

function upgradeIn(value: unknown): readonly Upgrade[] {
  const { plan, from, to } = Object(value) as {
    readonly plan?: unknown;
    readonly from?: LaunchJson | null;
    readonly to?: LaunchJson;
  };
  const read = parsePlan(plan);
  if (read === undefined || to === undefined) return [];
  return [{ plan: read, from: from ? launchFromJson(from) : null, to: launchFromJson(to) }];
}
