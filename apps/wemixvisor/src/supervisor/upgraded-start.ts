import { isDeepStrictEqual } from 'node:util';
import type { LifecycleSnapshot } from '@wemixvisor/process';
import { isIntact } from '@wemixvisor/upgrade';
import type { StartRequest } from '../control/operations.ts';
import type { Upgrade } from '../state/upgrade-history.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';

type Planned = Pick<LifecycleSnapshot, 'upgrade' | 'desired'>;

const planIn = ({ upgrade }: Pick<Planned, 'upgrade'>) =>
  (upgrade?.plan ?? {}) as Partial<Pick<UpgradePlan, 'step'>>;

/** Whether an upgrade has begun and goes on by itself: a node that is down is down for it. */
export function isUpgradeUnderWay(snapshot: Planned): boolean {
  const { step } = planIn(snapshot);
  if (step === 'watching') return snapshot.desired === 'up';
  return step === 'stopping' || step === 'preparing' || step === 'going-back';
}

/**
 * A start that names the program which an upgrade has replaced, as a unit of systemd does for ever, gets the one that is in its place: the old one
 * might not be able to read its data any more. One whose file was replaced since is taken as it is.
 */
export async function upgradedStart(
  request: StartRequest,
  upgrades: readonly Upgrade[],
): Promise<StartRequest> {
  let { launch } = request;
  for (const { plan, from, to } of upgrades) {
    const isInPlace = ['watching', 'kept', 'held'].includes(plan.step);
    if (!isInPlace || launch.file !== from?.file) continue;
    if (!(await isIntact(from.file, plan.from.sha256))) continue;
    const args = isDeepStrictEqual(launch.args, from.args) ? to.args : launch.args;
    launch = { ...launch, file: to.file, node: to.node, args };
  }
  return launch === request.launch ? request : { ...request, launch };
}
