import { redactText } from '@wemixvisor/passthrough';
import { isOver, parsePlan } from '@wemixvisor/upgrade';
import type { LifecycleRecord } from '@wemixvisor/process';
import { messageOf } from '../app-error.ts';
import { launchOf } from '../state/launch.ts';
import { rememberUpgrade, type Upgrade } from '../state/upgrade-history.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';
import type { AdoptedNode } from './adopt-node.ts';

/** The upgrade that the lifecycle record has, and its one writer. */
export interface UpgradeRecord {
  /** Null where none was ever planned, or its plan cannot be read. */
  readonly present: Upgrade | null;
  /** Whether somebody has turned an upgrade around since it was read. */
  isOther(upgrade: Upgrade): boolean;
  /**
   * Brings an upgrade into another step and tells of it. `how` is what the lifecycle does with that, saved as one: `plan` nothing, `begin` stops the
   * node, and a command is started where the node is down for the upgrade.
   */
  move(upgrade: Upgrade, changes: Partial<UpgradePlan>, how?: Movement): void;
  /** Puts an upgrade that is over into the history, unless it is there. */
  remember(upgrade: Upgrade): void;
}

type Movement = 'plan' | 'begin' | { readonly start: LifecycleRecord['command'] };

/** Makes the record of a supervision. */
export function createUpgradeRecord({
  options: { paths },
  supervision,
  events,
}: Pick<AdoptedNode, 'options' | 'supervision' | 'events'>): UpgradeRecord {
  function remember(upgrade: Upgrade): void {
    try {
      rememberUpgrade(paths, upgrade);
    } catch (error) {
      const text = `the upgrade is not in the history: ${messageOf(error)}`;
      events.publish({ type: 'notice', text });
    }
  }
  const present = (): Upgrade | null => {
    const { upgrade } = supervision.snapshot;
    const plan = parsePlan(upgrade?.plan);
    const to = launchOf(upgrade?.to ?? null);
    if (upgrade === null || plan === undefined || to === null) return null;
    return { plan, from: launchOf(upgrade.from), to };
  };
  return {
    get present() {
      return present();
    },
    isOther: ({ plan }) => present()?.plan !== plan,
    move(upgrade, changes, how = 'plan') {
      const isSame = (changes.step ?? upgrade.plan.step) === upgrade.plan.step;
      const since = isSame ? {} : { since: Date.now() };
      const { reason = upgrade.plan.reason } = changes;
      const told = { ...since, ...changes, reason: reason && redactText(reason) };
      const next = { ...upgrade, plan: { ...upgrade.plan, ...told } };
      if (how === 'plan') supervision.upgrade.plan(next);
      else if (how === 'begin') supervision.upgrade.begin(next);
      else supervision.upgrade.finish(next, how.start);
      events.publish({ type: 'upgrade', plan: next.plan });
      if (isOver(next.plan)) remember(next);
    },
    remember,
  };
}
