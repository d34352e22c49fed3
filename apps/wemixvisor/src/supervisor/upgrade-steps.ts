import { setImmediate as immediate } from 'node:timers/promises';
import { isIntact, pointCurrent, stageRunning } from '@wemixvisor/upgrade';
import { messageOf } from '../app-error.ts';
import { programVersion } from '../report/program-version.ts';
import { launchOf, type Launch } from '../state/launch.ts';
import type { Upgrade } from '../state/upgrade-history.ts';
import type { AdoptedNode } from './adopt-node.ts';
import { checkUpgrade, doorsPassed, type CheckedUpgrade } from './check-upgrade.ts';
import type { MemberStop } from './member-stop.ts';
import { lookedAt } from './fork-watch.ts';
import type { UpgradeObserver } from './observe-upgrade.ts';
import { prepareUpgrade, type Preparation } from './prepare-upgrade.ts';
import type { UpgradeRecord } from './upgrade-record.ts';

/** What is done in the steps of an upgrade. Each can be begun again after a kill, and leaves one that was turned around meanwhile alone. */
export interface UpgradeSteps {
  /** The time has come: looks once more, puts the old program where it stays, and stops the node. */
  startSwitch(upgrade: Upgrade): Promise<void>;
  /** Does what is to be done while the node is down, and starts the new program. */
  prepare(upgrade: Upgrade): Promise<void>;
  /** The new program has proved itself. */
  keep(upgrade: Upgrade): void;
  /** Takes the new program back, or holds where there is no way back. */
  goBack(upgrade: Upgrade, reason: string): Promise<void>;
  /** Starts the old program. */
  startOld(upgrade: Upgrade): Promise<void>;
}

/** What the steps work with. */
interface StepParts {
  readonly node: Pick<AdoptedNode, 'options' | 'supervision' | 'events' | 'settings' | 'describer'>;
  readonly record: UpgradeRecord;
  readonly observer: UpgradeObserver;
  readonly memberStop: MemberStop;
  readonly onCopied: Preparation['onProgress'];
  /** Gives up what is under way, for the next supervisor to begin again. */
  readonly signal: AbortSignal;
}

/** Makes the steps of a supervisor. */
export function createUpgradeSteps(parts: StepParts): UpgradeSteps {
  const { node, record, observer } = parts;
  const { platform, paths } = node.options;
  const { supervision } = node;
  const place = () => ({ platform, ownPid: supervision.snapshot.pid });
  const stay = (upgrade: Upgrade, changes: Partial<Upgrade['plan']>): void => {
    point(node, upgrade.plan.to.program);
    record.move(upgrade, changes);
  };

  return {
    async startSwitch(upgrade) {
      const from = launchOf(supervision.snapshot.command);
      const to = from && upgrade.plan.keepsArguments ? withProgram(from, upgrade.to) : upgrade.to;
      const reason =
        from === null
          ? lostCommand
          : await whyNotNow({ ...upgrade, from, to }, { ...place(), present: lookedAt(node) });
      if (record.isOther(upgrade)) return;
      if (from === null || reason !== null) {
        record.move(upgrade, { step: 'failed', reason });
        return;
      }
      node.describer.of(to); // It is remembered, so that it need not be read while the node is down.
      const { file, node: program } = from;
      const old = stageRunning({
        ...{ file, folder: paths.binaries, pid: supervision.snapshot.pid },
        ...{ version: programVersion(program), release: program.version },
      });
      const longest = Math.min(upgrade.plan.watchMs, longestBaselineMs);
      const baseline = await observer.baseline(longest, parts.signal);
      const refusal = await handedOver(parts, upgrade);
      if (record.isOther(upgrade) || parts.signal.aborted) return;
      if (refusal !== null) {
        record.move(upgrade, { step: 'failed', reason: refusal });
        return;
      }
      record.move({ ...upgrade, from, to }, { step: 'stopping', baseline, from: old }, 'begin');
    },
    prepare: (upgrade) => prepare(upgrade, parts),
    keep: (upgrade) => stay(upgrade, { step: 'kept' }),
    async goBack(upgrade, reason) {
      const { from, plan } = upgrade;
      const doors = from === null || !plan.rollback ? [] : await doorsPassed(from, place());
      if (record.isOther(upgrade)) return;
      const why = !plan.rollback ? stays : from === null ? lostCommand : doors.join('; ');
      if (why === '') record.move(upgrade, { step: 'going-back', reason }, 'begin');
      else stay(upgrade, { step: 'held', reason: `${reason}; it stays: ${why}` });
    },
    async startOld(upgrade) {
      const { from, plan } = upgrade;
      const isThere = from === null || (await isIntact(from.file, plan.from.sha256));
      if (record.isOther(upgrade)) return;
      const old = from === null || isThere ? from : { ...from, file: plan.from.program };
      point(node, plan.from.program);
      record.move({ ...upgrade, from: old }, { step: 'gone-back' }, { start: old });
    },
  };
}

/** Milliseconds for which the old program is looked at before the switch: blocks of most chains come more often. */
const longestBaselineMs = 30_000;
const lostCommand = 'what the node was started with is not known any more';
const stays = '--no-rollback was given';

/** Lets the other members of a network take over; why they cannot, in words, and null where the node may be stopped. */
async function handedOver({ memberStop }: StepParts, { plan }: Upgrade): Promise<string | null> {
  try {
    await memberStop.ready(plan.forced.length > 0);
    return null;
  } catch (error) {
    return messageOf(error);
  }
}

async function prepare(upgrade: Upgrade, parts: StepParts): Promise<void> {
  const { node, record, onCopied, signal } = parts;
  const { platform, paths } = node.options;
  const { plan, to } = upgrade;
  // Only what takes its time is a step of its own.
  const isLong = [plan.backup, plan.restore, plan.hook].some((what) => what !== null);
  if (isLong && plan.step !== 'preparing') {
    record.move(upgrade, { step: 'preparing' });
    const begun = record.present;
    if (begun !== null) await prepare(begun, parts);
    return;
  }
  const turned = new AbortController();
  const onProgress: Preparation['onProgress'] = (progress) => {
    if (record.isOther(upgrade)) turned.abort();
    onCopied(progress);
  };
  const either = AbortSignal.any([signal, turned.signal]);
  try {
    await prepareUpgrade({ upgrade, platform, home: paths.home, signal: either, onProgress });
  } catch (error) {
    if (signal.aborted || record.isOther(upgrade)) return;
    const reason = `it was not started: ${messageOf(error)}`;
    record.move(upgrade, { step: 'going-back', reason }, 'begin');
    return;
  }
  if (signal.aborted || record.isOther(upgrade)) return;
  record.move(upgrade, { step: 'watching' }, { start: to });
  await immediate(); // The link comes while the new program starts, and once more when the upgrade is over.
  point(node, plan.to.program);
}

/** Lets the link `current` lead to a program; where it cannot, the node is started all the same. */
function point({ options: { paths }, events }: StepParts['node'], program: string): void {
  try {
    pointCurrent(paths.binaries, program);
  } catch (error) {
    const text = `the link "current" of ${paths.binaries} could not be set: ${messageOf(error)}`;
    events.publish({ type: 'notice', text });
  }
}

/** A launch with the program of another one. */
const withProgram = (launch: Launch, { file, node }: Launch): Launch => ({ ...launch, file, node });

/** Why a switch cannot begin now although it could when it was planned, in words; null where it can. */
async function whyNotNow(
  { plan, from, to }: Upgrade & { readonly from: Launch },
  place: Pick<CheckedUpgrade, 'platform' | 'ownPid' | 'present'>,
): Promise<string | null> {
  if (!(await isIntact(plan.to.program, plan.to.sha256))) {
    return `${plan.to.program} is not there any more, or is not what was staged`;
  }
  // With the data that is put back, nothing is said by what is there now.
  if (plan.forced.length > 0 || plan.restore !== null) return null;
  const { backup, rollback, isRollback } = plan;
  const ways = { hasBackup: backup !== null, rollback, isRollback };
  const { refusals } = await checkUpgrade({ from, to, ...place, ...ways });
  return refusals.length === 0 ? null : refusals.join('; ');
}
