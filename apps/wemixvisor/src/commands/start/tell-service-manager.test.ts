import { describe, expect, it } from 'vitest';
import { statusOf } from '../../../test/status-of.ts';
import type { Operations } from '../../control/operations.ts';
import type { StatusFacts } from '../../report/status-report.ts';
import { createEventStream, type SupervisorEvent } from '../../supervisor/events.ts';
import { tellServiceManager } from './tell-service-manager.ts';

type Lifecycle = Partial<StatusFacts['lifecycle']>;
type Notifier = NonNullable<Parameters<typeof tellServiceManager>[1]>;

/** A told supervisor, whose node is as the test says. */
function told(lifecycle: Lifecycle) {
  const said: unknown[] = [];
  const events = createEventStream(() => {});
  events.open();
  const operations = { status: () => statusOf(lifecycle) } as Operations;
  const warn = (line: string) => void said.push(line);
  const notifierOf: Notifier = ({ look, onError }) => ({
    changed: () => void said.push(look()),
    end(words) {
      onError('it is deaf');
      said.push(words);
      return Promise.resolve();
    },
  });
  const service = { supervisor: { events, operations }, env: {}, pid: 1, readyAfterMs: 1, warn };
  const end = tellServiceManager(service, notifierOf);
  return { said, end, happens: (type: string) => events.publish({ type } as SupervisorEvent) };
}

describe('tellServiceManager', () => {
  it('is null for a supervisor that is no service', () => {
    const supervisor = { events: createEventStream(() => {}), operations: {} as Operations };
    const service = { supervisor, env: {}, pid: 1, readyAfterMs: 0, warn: () => {} };
    expect(tellServiceManager(service)).toBeNull();
  });

  it.each([
    ['running', true, false],
    ['starting', false, false],
    ['stopping', false, true],
    ['crashed', false, false],
  ] as const)(
    'tells of a node that is %s when its state or health changes',
    (state, ready, takesTime) => {
      const { said, happens } = told({ state, pid: 7 });
      for (const type of ['notice', 'lifecycle', 'health']) happens(type);
      const look = { ready, takesTime, figures: null, words: expect.any(String) as string };
      expect(said).toEqual([look, look]);
    },
  );

  it('ends with how the node ended, or with the node that it leaves', async () => {
    const ended = told({ state: 'error', reason: 'it could not start' });
    await ended.end?.();
    expect(ended.said).toEqual([
      'wemixvisor: systemd does not hear of the node: it is deaf',
      'failed: it could not start',
    ]);
    const left = told({ state: 'running', pid: 4711 });
    await left.end?.();
    expect(left.said[1]).toBe('detached: the node (pid 4711) runs on, and nobody watches it');
  });
});
