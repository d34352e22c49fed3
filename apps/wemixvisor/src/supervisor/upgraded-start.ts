import { isDeepStrictEqual } from 'node:util';
import type { LifecycleSnapshot } from '@wemixvisor/process';
import type { StartRequest } from '../control/operations.ts';
import { launchOf } from '../state/launch.ts';
import type { UpgradePlan } from '../state/upgrade-history.ts';
import { isIntact } from './staged-programs.ts';

type Planned = Pick<LifecycleSnapshot, 'upgrade' | 'desired'>;

const planIn = ({ upgrade }: Pick<Planned, 'upgrade'>) =>
  (upgrade?.plan ?? {}) as Partial<Pick<UpgradePlan, 'step' | 'from'>>;

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
  snapshot: Planned,
): Promise<StartRequest> {
  const { step, from: old } = planIn(snapshot);
  const from = snapshot.upgrade?.from ?? null;
  const to = launchOf(snapshot.upgrade?.to ?? null);
  const { launch } = request;
  const isInPlace = step === 'watching' || step === 'kept' || step === 'held';
  if (!isInPlace || from === null || to === null || launch.file !== from.file) return request;
  if (!(await isIntact(from.file, old?.sha256 ?? null))) return request;
  const args = isDeepStrictEqual(launch.args, from.args) ? to.args : launch.args;
  return { ...request, launch: { ...launch, file: to.file, node: to.node, args } };
}
