import { isIntact, isOver, newPlan } from '@wemixvisor/upgrade';
import { AppError } from '../app-error.ts';
import type { RollbackRequest, UpgradeRequest } from '../control/operations.ts';
import { plannedUpgradeReport, type UpgradeReport } from '../report/upgrade-report.ts';
import { programVersion } from '../report/program-version.ts';
import { fromTo, upgradeWords } from '../report/upgrade-words.ts';
import { launchOf, type Launch } from '../state/launch.ts';
import { readUpgradeHistory, type Upgrade } from '../state/upgrade-history.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';
import type { HomePaths } from '../state/home-paths.ts';
import type { AdoptedNode } from './adopt-node.ts';
import type { NodeMonitor } from './node-monitor.ts';
import { backupOf } from './prepare-upgrade.ts';
import type { UpgradeDriver } from './upgrade-driver.ts';
import type { UpgradeRecord } from './upgrade-record.ts';

/** What an operator asks for of upgrades. */
export interface UpgradeOrders {
  report(): UpgradeReport;
  /** Plans an upgrade. Staging and checking come before it. */
  plan(request: UpgradeRequest): Promise<UpgradeReport>;
  /** Gives up one that waits, or turns around before the new program was started. */
  cancel(): Promise<UpgradeReport>;
  /** Brings the program back that ran before. */
  rollback(request: RollbackRequest): Promise<UpgradeReport>;
}

/** Makes the orders of a supervisor. */
export function createUpgradeOrders(
  { options, supervision, events }: Pick<AdoptedNode, 'options' | 'supervision' | 'events'>,
  driver: UpgradeDriver,
  nodeMonitor: Pick<NodeMonitor, 'health'>,
): UpgradeOrders {
  const { paths } = options;
  const report = () => upgradeReport(driver, nodeMonitor);

  async function plan(upgrade: Upgrade): Promise<UpgradeReport> {
    supervision.upgrade.plan(upgrade);
    events.publish({ type: 'upgrade', plan: upgrade.plan });
    await driver.consider();
    return report();
  }

  function present(): Launch {
    const launch = launchOf(supervision.snapshot.command);
    if (launch === null)
      throw new AppError('there is no node to upgrade: wemixvisor start -- OPTIONS');
    return launch;
  }

  function refuseSecond(): void {
    const upgrade = driver.record.present;
    if (upgrade === null || isOver(upgrade.plan)) return;
    throw new AppError(`${upgradeWords(upgrade.plan)}; one at a time: wemixvisor upgrade cancel`);
  }

  return {
    report,
    plan({ launch, sha256, ...asked }) {
      refuseSecond();
      const from = present();
      const releases = { from: releaseOf(from, null), to: releaseOf(launch, sha256) };
      return plan({ from, to: launch, plan: newPlan({ ...asked, ...releases }, Date.now()) });
    },
    cancel() {
      cancel(driver.record);
      return Promise.resolve(report());
    },
    async rollback(request) {
      const upgrade = driver.record.present;
      if (upgrade?.plan.step !== 'watching' || request.restore) {
        refuseSecond();
        return plan(await rollbackOf(request, paths, present()));
      }
      driver.record.move(upgrade, { step: 'going-back', reason: takenBack }, 'begin');
      await driver.consider();
      return report();
    },
  };
}

/** Gives up an upgrade whose new program was not started yet. */
function cancel(record: UpgradeRecord): void {
  const upgrade = record.present;
  if (upgrade === null || isOver(upgrade.plan)) throw new AppError('there is no upgrade to cancel');
  const { step, restore } = upgrade.plan;
  const isDown = step === 'stopping' || step === 'preparing';
  if (step === 'waiting') {
    record.move(upgrade, { step: 'cancelled', reason: byOperator });
  } else if (isDown && restore === null) {
    record.move(upgrade, { step: 'going-back', reason: byOperator }, 'begin');
  } else {
    const instead = insteadOfCancel(step);
    throw new AppError(`${upgradeWords(upgrade.plan)}; it is too late to cancel: ${instead}`);
  }
}

/** What was kept is taken back by an upgrade of its own, to the program of before with the arguments that it had. */
async function rollbackOf(
  { restore, force }: RollbackRequest,
  paths: HomePaths,
  present: Launch,
): Promise<Upgrade> {
  const last = readUpgradeHistory(paths).findLast(({ plan: { step } }) =>
    ['kept', 'held'].includes(step),
  );
  const to = last?.from ?? null;
  if (last === undefined || to === null) throw new AppError(nothingToTakeBack);
  const { from: release, to: now, watchMs } = last.plan;
  if (!(await isIntact(release.program, release.sha256))) {
    throw new AppError(`${release.program} is not there any more, or is not what was staged`);
  }
  const backup = restore ? backupOf(last.plan) : null;
  if (restore && backup === null) {
    const which = fromTo(release.version, now.version);
    throw new AppError(`--restore: the upgrade ${which} made no backup`);
  }
  const forced = force ? ['the checks of a rollback'] : [];
  const own = { isRollback: true, keepsArguments: false, forced, restore: backup, watchMs };
  const planned = newPlan({ from: now, to: release, ...own }, Date.now());
  return { from: present, to: { ...to, file: release.program }, plan: planned };
}

const takenBack = 'the operator took it back';
const byOperator = 'the operator cancelled it';
const nothingToTakeBack =
  'there is nothing to go back to: no upgrade in this home has replaced a program';
const insteadOfCancel = (step: UpgradePlan['step']): string =>
  step === 'watching' ? 'wemixvisor upgrade rollback takes it back' : 'it ends by itself';

const releaseOf = ({ node, file }: Launch, sha256: string | null) => ({
  version: programVersion(node),
  program: file,
  sha256,
});

function upgradeReport(
  { record: { present: upgrade }, view }: UpgradeDriver,
  { health }: Pick<NodeMonitor, 'health'>,
): UpgradeReport {
  const { number = null, blockIntervalSeconds: pace = null } = health?.head ?? {};
  const height = upgrade?.plan.schedule.height ?? null;
  const isAhead = height !== null && number !== null && pace !== null;
  const expectedAt = isAhead ? Date.now() + Math.max(0, height - number) * pace * 1000 : null;
  const isWatched = upgrade?.plan.step === 'watching';
  return {
    schema: 1,
    upgrade: upgrade && plannedUpgradeReport(upgrade.plan, expectedAt),
    conditions: view.conditions,
    watch_ends_at:
      isWatched && view.watchEndsAt !== null ? new Date(view.watchEndsAt).toISOString() : null,
    copied: view.copied && {
      done_bytes: view.copied.doneBytes,
      total_bytes: view.copied.totalBytes,
    },
  };
}
