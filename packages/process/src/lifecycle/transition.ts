import type { LifecycleEvent } from './event.ts';
import { onExited, onSpawnFailed } from './on-end.ts';
import { onRecovered } from './on-recovered.ts';
import {
  onRestartRequested,
  onStartRequested,
  onStopRequested,
  onUpgradeFinished,
  onUpgradeRequested,
} from './on-request.ts';
import {
  onGraceOver,
  onProgressTold,
  onStopPhaseSeen,
  onTerminationDelivered,
  onTerminationWaits,
} from './on-stopping.ts';
import { onSurvivorsFound } from './on-survivors.ts';
import { holdCheckMs, type RestartPolicy } from './restart-policy.ts';
import { factsOf, type Lifecycle } from './state.ts';
import { begin, ignore, to, type EventOf, type Transition } from './step.ts';

export type { Transition } from './step.ts';

/**
 * The whole lifecycle as a pure function: no clock, no process, no promise.
 * An event without meaning in the present state returns the same object and no effects.
 */
export function transition(
  lifecycle: Lifecycle,
  event: LifecycleEvent,
  policy: RestartPolicy,
): Transition {
  if ('generation' in event && event.generation !== lifecycle.generation) return ignore(lifecycle);
  switch (event.type) {
    case 'startRequested':
      return onStartRequested(lifecycle, event);
    case 'stopRequested':
      return onStopRequested(lifecycle, event, policy);
    case 'restartRequested':
      return onRestartRequested(lifecycle, event, policy);
    case 'upgradePlanned':
      return to({ ...lifecycle, upgrade: event.upgrade });
    case 'upgradeRequested':
      return onUpgradeRequested(lifecycle, event, policy);
    case 'upgradeFinished':
      return onUpgradeFinished(lifecycle, event);
    case 'spawned':
      return onSpawned(lifecycle, event);
    case 'spawnFailed':
      return onSpawnFailed(lifecycle, event, policy);
    case 'becameReady':
      return lifecycle.state === 'starting' && lifecycle.run !== null
        ? to({ ...factsOf(lifecycle), state: 'running', run: lifecycle.run })
        : ignore(lifecycle);
    case 'terminationWaits':
      return onTerminationWaits(lifecycle, event);
    case 'terminationDelivered':
      return onTerminationDelivered(lifecycle, event);
    case 'stopPhaseSeen':
      return onStopPhaseSeen(lifecycle, event);
    case 'progressTold':
      return onProgressTold(lifecycle, event);
    case 'survivorsFound':
      return onSurvivorsFound(lifecycle, event, policy);
    case 'exited':
      return onExited(lifecycle, event, policy);
    case 'timerFired':
      return onTimerFired(lifecycle, event);
    case 'holdChecked':
      return onHoldChecked(lifecycle, event);
    case 'recovered':
      return onRecovered(lifecycle, event, policy);
  }
}

function onSpawned(lifecycle: Lifecycle, { run, generation }: EventOf<'spawned'>): Transition {
  if (lifecycle.state === 'stopping' && lifecycle.run === null) {
    // The program was not executed yet: nothing needs a signal, the waiting child only has to end.
    return to({ ...lifecycle, run }, { type: 'abandon', generation });
  }
  if (lifecycle.state !== 'starting' || lifecycle.run !== null) return ignore(lifecycle);
  return to({ ...lifecycle, run }, { type: 'release', generation });
}

function onTimerFired(lifecycle: Lifecycle, event: EventOf<'timerFired'>): Transition {
  if (event.timer === 'restart') {
    if (lifecycle.state !== 'crashed') return ignore(lifecycle);
    const { generation, hold = false, lastExit } = lifecycle;
    if (!hold || lastExit === null) return begin(lifecycle, 'crash');
    return to(lifecycle, { type: 'checkHold', generation, exit: lastExit });
  }
  if (lifecycle.state !== 'stopping' || lifecycle.killedFor !== null) return ignore(lifecycle);
  return onGraceOver(lifecycle, event);
}

/** What a restart waits for has cleared, or it is looked again later. */
function onHoldChecked(lifecycle: Lifecycle, { over }: EventOf<'holdChecked'>): Transition {
  if (lifecycle.state !== 'crashed' || lifecycle.hold !== true) return ignore(lifecycle);
  if (over) return begin(lifecycle, 'crash');
  const { generation } = lifecycle;
  return to(lifecycle, { type: 'startTimer', timer: 'restart', generation, delayMs: holdCheckMs });
}
