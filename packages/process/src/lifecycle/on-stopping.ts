import type { Effect } from './effect.ts';
import type { Facts, Lifecycle, Stopping } from './state.ts';
import { ignore, kill, to, type EventOf, type Transition } from './step.ts';

/** Milliseconds by which a grace period is extended at a time. */
const extensionMs = 30_000;

/** Shown while the SIGTERM waits. */
const waiting = 'waiting until it can take SIGTERM, which would cut its start short';

/** The SIGTERM waits until the node can take it. */
export function onTerminationWaits(
  lifecycle: Lifecycle,
  { at }: EventOf<'terminationWaits'>,
): Transition {
  if (lifecycle.state !== 'stopping' || lifecycle.asked) return ignore(lifecycle);
  return to({ ...lifecycle, phase: { what: waiting, since: at } });
}

/** The node has its SIGTERM: a grace period that began before it could take it begins anew. */
export function onTerminationDelivered(
  lifecycle: Lifecycle,
  { at, generation }: EventOf<'terminationDelivered'>,
): Transition {
  if (lifecycle.state !== 'stopping') return ignore(lifecycle);
  const { phase, ...stopping } = lifecycle;
  const asked = { ...stopping, asked: true };
  const { run, killAt, graceMs, extendUntil } = asked;
  if (run === null) return to(asked);
  const follow: Effect = { type: 'followStop', generation, run };
  if (phase === undefined || killAt === null) return to(asked, follow);
  const laterMs = at + graceMs - killAt;
  return to(
    {
      ...asked,
      killAt: killAt + laterMs,
      ...(extendUntil !== undefined && { extendUntil: extendUntil + laterMs }),
    },
    follow,
    { type: 'startTimer', timer: 'kill', generation, delayMs: graceMs },
  );
}

/** What the node does before it ends. */
export function onStopPhaseSeen(
  lifecycle: Lifecycle,
  { at, what }: EventOf<'stopPhaseSeen'>,
): Transition {
  if (lifecycle.state !== 'stopping' || lifecycle.phase?.what === (what ?? undefined)) {
    return ignore(lifecycle);
  }
  const { phase: _before, ...stopping } = lifecycle;
  return to(what === null ? stopping : { ...stopping, phase: { what, since: at } });
}

/** The grace period is over: a node that may have more time is looked at, any other is killed. */
export function onGraceOver(
  lifecycle: Facts & Stopping,
  { at, generation }: EventOf<'timerFired'>,
): Transition {
  const { extendUntil } = lifecycle;
  if (extendUntil === undefined || at >= extendUntil) return kill(lifecycle, 'grace-period');
  return to(lifecycle, { type: 'askProgress', generation });
}

/** A node that is writing its state still gets more time, up to the longest grace period. */
export function onProgressTold(
  lifecycle: Lifecycle,
  { at, generation, isWriting }: EventOf<'progressTold'>,
): Transition {
  if (lifecycle.state !== 'stopping' || lifecycle.killedFor !== null) return ignore(lifecycle);
  const { extendUntil = at } = lifecycle;
  const delayMs = Math.min(extensionMs, extendUntil - at);
  if (!isWriting || delayMs <= 0) return kill(lifecycle, 'grace-period');
  const timer: Effect = { type: 'startTimer', timer: 'kill', generation, delayMs };
  return to({ ...lifecycle, killAt: at + delayMs }, timer);
}
