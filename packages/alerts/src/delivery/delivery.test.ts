import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { alertOf } from '../../test/alert-of.ts';
import { fakePorts } from '../../test/fake-ports.ts';
import type { Alert } from '../alert.ts';
import type { Attempt } from '../channels/attempt.ts';
import { withDefaultPorts } from '../ports.ts';
import { Delivery } from './delivery.ts';

const failing = {
  delivered: false,
  why: 'it answered 500',
  retry: true,
} as const satisfies Attempt;
const arrived: Attempt = { delivered: true };

/** A delivery whose attempts end as they are listed, and then succeed; `'hang'` waits for the abort. */
function delivering(endings: readonly (Attempt | 'hang' | Error)[] = [], maxAttempts = 100) {
  const clock = fakeClock();
  const sent: string[] = [];
  const outcomes: string[] = [];
  let at = 0;
  const delivery = new Delivery(
    {
      send: (alert: Alert, signal) => {
        sent.push(`${alert.id}@${clock.monotonic()}`);
        const ending = endings[at++] ?? arrived;
        if (ending instanceof Error) return Promise.reject(ending);
        if (ending !== 'hang') return Promise.resolve(ending);
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve({ ...failing, why: 'aborted' })),
        );
      },
      maxAttempts: () => maxAttempts,
      onOutcome: ({ alert, outcome, attempts, why }) =>
        outcomes.push(`${alert.id} ${outcome} ${attempts}${why === null ? '' : ` ${why}`}`),
    },
    withDefaultPorts(fakePorts(clock)),
  );
  const push = (id: string) => delivery.push(alertOf({ id }));
  return { clock, sent, outcomes, delivery, push };
}

describe('a delivery', () => {
  it('brings alerts one after the other, in order', async () => {
    const { clock, sent, outcomes, push, delivery } = delivering();
    for (const id of ['a', 'b', 'c']) push(id);
    await clock.advance(0);
    expect(sent).toEqual(['a@0', 'b@0', 'c@0']);
    expect(outcomes).toEqual(['a delivered 1', 'b delivered 1', 'c delivered 1']);
    expect(delivery.pending).toEqual([]);
  });

  it('tries again later and later, and the others wait for their turn', async () => {
    const { clock, sent, outcomes, push } = delivering([failing, new Error('boom'), failing]);
    push('a');
    push('b');
    await clock.advance(10_000);
    expect(sent).toEqual(['a@0', 'a@1000', 'a@3000', 'a@7000', 'b@7000']);
    expect(outcomes).toEqual([
      'a failed 1 it answered 500',
      'a failed 2 boom',
      'a failed 3 it answered 500',
      'a delivered 4',
      'b delivered 1',
    ]);
  });

  it('waits as long as the receiver wants', async () => {
    const { clock, sent, push } = delivering([{ ...failing, retryAfterMs: 30_000 }]);
    push('a');
    await clock.advance(60_000);
    expect(sent).toEqual(['a@0', 'a@30000']);
  });

  it('gives up what another attempt would not mend, and goes on with the next', async () => {
    const { clock, outcomes, push } = delivering([{ ...failing, retry: false }]);
    push('a');
    push('b');
    await clock.advance(0);
    expect(outcomes).toEqual(['a given-up 1 it answered 500', 'b delivered 1']);
  });

  it('gives up after as many attempts as the channel allows', async () => {
    const { clock, outcomes, push } = delivering([failing, failing, failing], 3);
    push('a');
    await clock.advance(60_000);
    expect(outcomes.at(-1)).toBe('a given-up 3 it answered 500');
  });

  it('gives up what is older than an hour', async () => {
    const { clock, outcomes, push, delivery } = delivering(Array<Attempt>(100).fill(failing));
    push('a');
    await clock.advance(2 * 60 * 60_000);
    expect(outcomes.at(-1)).toMatch(/^a given-up/);
    expect(delivery.pending).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('drops the oldest that wait when there are too many', async () => {
    const { clock, outcomes, push, delivery } = delivering(['hang']);
    for (let id = 0; id < 102; id += 1) push(String(id));
    await clock.advance(0);
    expect(delivery.pending).toHaveLength(100);
    expect(outcomes).toEqual([
      '1 dropped 0 more than 100 alerts wait',
      '2 dropped 0 more than 100 alerts wait',
    ]);
  });

  it('ends with one more attempt for each, at once', async () => {
    const { clock, sent, outcomes, push, delivery } = delivering([failing, failing]);
    push('a');
    push('b');
    await clock.advance(10);
    await delivery.finish(4_000);
    expect(sent).toEqual(['a@0', 'a@10', 'b@10']);
    expect(outcomes.slice(1)).toEqual(['a failed 2 it answered 500', 'b delivered 1']);
    expect(delivery.pending).toEqual([alertOf({ id: 'a' })]);
    expect(clock.pending).toBe(0);
  });

  it('ends in time when an attempt hangs', async () => {
    const { clock, outcomes, push, delivery } = delivering(['hang']);
    push('a');
    push('b');
    const finished = delivery.finish(4_000);
    await clock.advance(4_000);
    await finished;
    await clock.advance(0);
    expect(outcomes).toEqual([]);
    expect(delivery.pending).toEqual([alertOf({ id: 'a' }), alertOf({ id: 'b' })]);
  });

  it('ends at once when nothing waits', async () => {
    await delivering().delivery.finish(4_000);
  });
});
