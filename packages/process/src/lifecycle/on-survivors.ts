import { describeExit } from './describe-exit.ts';
import type { RestartPolicy } from './restart-policy.ts';
import type { Lifecycle } from './state.ts';
import { ignore, kill, killTimer, stoppingOf, to, type EventOf, type Transition } from './step.ts';

/**
 * The first process of the node ended and others of it live on. They were signalled already: the node is stopping, whether
 * anybody asked for it or not, and what follows waits until the last of them is gone.
 */
export function onSurvivorsFound(
  lifecycle: Lifecycle,
  { survivors, at, recovered, ...exit }: EventOf<'survivorsFound'>,
  policy: RestartPolicy,
): Transition {
  switch (lifecycle.state) {
    case 'starting':
    case 'running': {
      if (lifecycle.run === null) return ignore(lifecycle);
      const order = { then: 'policy', reason: describeExit(exit), at } as const;
      const stopping = stoppingOf(lifecycle, lifecycle.run, order, policy);
      return to({ ...stopping, survivors }, ...killTimer(stopping, at));
    }
    case 'stopping': {
      if (lifecycle.run === null) return ignore(lifecycle);
      const found = { ...lifecycle, survivors };
      if (lifecycle.killedFor !== null) return kill(found, lifecycle.killedFor);
      return to(found, ...(recovered ? killTimer(found, at) : []));
    }
    case 'stopped':
    case 'upgrading':
    case 'crashed':
    case 'error':
      return ignore(lifecycle);
  }
}
