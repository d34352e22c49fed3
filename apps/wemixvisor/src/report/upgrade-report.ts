import type { nextMove } from '@wemixvisor/upgrade';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';

/** What the new program has to show while it is watched. */
export type UpgradeCondition = Extract<
  ReturnType<typeof nextMove>,
  { readonly do: 'wait' }
>['conditions'][number];

/** An upgrade, as `upgrade status --json` has it. Times are ISO 8601, UTC; null means unknown or not asked for. */
export interface PlannedUpgradeReport {
  readonly id: string;
  readonly step: UpgradePlan['step'];
  /** Since when. */
  readonly since: string;
  readonly from: { readonly version: string | null; readonly program: string };
  readonly to: { readonly version: string | null; readonly program: string };
  readonly not_before: string | null;
  readonly latest: string | null;
  readonly height: number | null;
  /** When that height is expected, by the interval of the chain's blocks. */
  readonly height_expected_at: string | null;
  readonly idle: boolean;
  readonly watch_seconds: number;
  readonly rollback: boolean;
  readonly backup: string | null;
  readonly restore: string | null;
  /** What `--force` overrode, a line each. */
  readonly forced: readonly string[];
  /** Why it ended as it did, or goes back. */
  readonly reason: string | null;
}

/** What `upgrade status --json` prints: version 1 of its shape. */
export interface UpgradeReport {
  readonly schema: 1;
  /** The one that is planned or under way, or the last one; null where none was ever planned. */
  readonly upgrade: PlannedUpgradeReport | null;
  /** What the new program has shown so far; empty where it is not watched. */
  readonly conditions: readonly UpgradeCondition[];
  /** When the watch ends. */
  readonly watch_ends_at: string | null;
  /** How far the copy of the data is; null where none is under way. */
  readonly copied: { readonly done_bytes: number; readonly total_bytes: number } | null;
}

/** What `upgrade history --json` prints: version 1 of its shape. */
export interface UpgradeHistoryReport {
  readonly schema: 1;
  /** The newest last. */
  readonly upgrades: readonly PlannedUpgradeReport[];
}

/** A program that was taken over from a cosmovisor folder. */
export interface ImportedProgram {
  /** `genesis`, or the name of the upgrade. */
  readonly name: string;
  readonly version: string | null;
  /** The copy in the home. */
  readonly program: string;
  /** The link `current` leads to it. */
  readonly current: boolean;
  /** The height that the upgrade is due at; null where none is named. */
  readonly height: number | null;
}

/** What `upgrade import --json` prints: version 1 of its shape. */
export interface UpgradeImportReport {
  readonly schema: 1;
  readonly programs: readonly ImportedProgram[];
}

const iso = (time: number | null): string | null =>
  time === null ? null : new Date(time).toISOString();

/** Puts a plan into its published shape. */
export function plannedUpgradeReport(
  plan: UpgradePlan,
  expectedAt: number | null = null,
): PlannedUpgradeReport {
  const { notBefore, latest, height, idle } = plan.schedule;
  return {
    id: plan.id,
    step: plan.step,
    since: new Date(plan.since).toISOString(),
    from: { version: plan.from.version, program: plan.from.program },
    to: { version: plan.to.version, program: plan.to.program },
    not_before: iso(notBefore),
    latest: iso(latest),
    height,
    height_expected_at: iso(expectedAt),
    idle,
    watch_seconds: plan.watchMs / 1000,
    rollback: plan.rollback,
    backup: plan.backup,
    restore: plan.restore,
    forced: plan.forced,
    reason: plan.reason,
  };
}
