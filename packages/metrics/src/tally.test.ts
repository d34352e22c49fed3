import { describe, expect, it } from 'vitest';
import { changeOf } from '../test/figures-of.ts';
import type { CountedEvent, LifecycleFacts } from './counted-event.ts';
import type { Sample } from './counts.ts';
import { createTally } from './tally.ts';

/** The counters that are not 0, as `name=value` with their labels' values. */
const moved = (samples: readonly Sample[]) =>
  samples
    .filter(({ value }) => value !== 0)
    .map(({ labels, value }) => `${Object.values(labels).join(' ')}=${value}`);

/** What is counted after some events. */
function after(...events: readonly CountedEvent[]) {
  const tally = createTally();
  for (const event of events) tally.count(event);
  return tally.counts(0);
}

type Exit = NonNullable<LifecycleFacts['lastExit']>;
const exit = (overrides: Partial<Exit> = {}): Exit => ({
  cause: 'unasked',
  at: 9_000,
  ...overrides,
});
const diagnosed = (cause: string, kind: string) => exit({ diagnosis: { cause, class: kind } });
const restarts = (crash: number, health = 0, operator = 0) => ({ crash, health, operator });

describe('the lifecycle', () => {
  it('counts starts and failed ones', () => {
    const spawned = changeOf({}, {}, { type: 'spawned' });
    const { starts, failedStarts } = after(
      spawned,
      spawned,
      changeOf({}, {}, { type: 'spawnFailed' }),
    );
    expect([starts, failedStarts]).toEqual([2, 1]);
  });

  it.each([
    [exit(), ['unasked unknown=1']],
    [diagnosed('port-taken', 'hold'), ['unasked port-taken=1']],
    [exit({ cause: 'asked' }), ['asked=1']],
    [exit({ cause: 'grace-period' }), ['grace-period=1']],
    [exit({ cause: 'forced' }), ['forced=1']],
  ])('counts an end once, by how it came: %j', (lastExit, expected) => {
    const ended = changeOf({}, { lastExit });
    const later = changeOf({ lastExit }, { lastExit }, { type: 'becameReady' });
    expect(moved(after(ended, later).exits)).toEqual(expected);
  });

  it('counts restarts by trigger, after a crash by class, and forgets nothing when they begin anew', () => {
    const lastExit = diagnosed('db-locked', 'hold');
    const { restarts: counted } = after(
      changeOf({ restarts: restarts(0) }, { restarts: restarts(1), lastExit: exit() }),
      changeOf({ restarts: restarts(1) }, { restarts: restarts(2), lastExit }),
      changeOf({ restarts: restarts(2) }, { restarts: restarts(2, 1), lastExit }),
      changeOf({ restarts: restarts(2, 1) }, { restarts: restarts(0) }, { type: 'startRequested' }),
      changeOf({ restarts: restarts(0) }, { restarts: restarts(0, 0, 1) }),
    );
    expect(moved(counted)).toEqual(['crash unknown=1', 'crash hold=1', 'health=1', 'operator=1']);
  });

  it.each([
    [exit(), { type: 'exited' }, 'crash policy=1'],
    [diagnosed('bad-flag', 'never'), { type: 'exited' }, 'crash cannot-help=1'],
    [diagnosed('bad-flag', 'never'), { type: 'exited', left: [{}] }, 'crash survivors=1'],
  ])('counts a restart that is not made: %j', (lastExit, event, expected) => {
    const refused = changeOf({}, { state: 'error', lastExit }, event);
    expect(moved(after(refused).refusedRestarts)).toEqual([expected]);
  });

  it('counts no refusal where a restart follows or the end was asked for', () => {
    const crashed = changeOf({}, { state: 'crashed', lastExit: exit() });
    const asked = changeOf({}, { state: 'error', lastExit: exit({ cause: 'asked' }) });
    expect(moved(after(crashed, asked).refusedRestarts)).toEqual([]);
  });

  it('measures a stop from its request to the end, and no crash', () => {
    const stopping = { state: 'stopping', since: 4_000 };
    const { stopSeconds } = after(
      changeOf(stopping, { state: 'stopped', lastExit: exit({ cause: 'asked' }) }),
      changeOf(stopping, { state: 'stopped', lastExit: exit({ cause: 'forced', at: 4_500 }) }),
      changeOf(stopping, { state: 'crashed', lastExit: exit() }),
      changeOf({}, { state: 'stopped', lastExit: exit({ cause: 'asked' }) }),
    );
    expect(stopSeconds.sum).toBe(5.5);
    expect(stopSeconds.counts.slice(0, 3)).toEqual([1, 1, 0]);
  });
});

describe('health', () => {
  const check = (latency: number | null): CountedEvent => ({
    type: 'checked',
    health: { checks: { rpc_endpoint: { latency_ms: latency } } },
  });

  it('counts answered and failed checks, and how long an answer took', () => {
    const { checks, rpcSeconds } = after(check(5), check(6), check(60_000), check(null));
    expect(moved(checks)).toEqual(['answered=3', 'failed=1']);
    expect(rpcSeconds.sum).toBeCloseTo(60.011);
    expect([rpcSeconds.counts[0], rpcSeconds.counts[1], rpcSeconds.counts.at(-1)]).toEqual([
      1, 1, 1,
    ]);
  });

  it('counts restarts for health that were due and not made', () => {
    const outcomes = ['accepted', 'refused', 'off', 'dry-run', 'off'] as const;
    const events = outcomes.map((outcome) => ({ type: 'health-restart', outcome }) as const);
    expect(moved(after(...events).refusedRestarts)).toEqual([
      'health refused=1',
      'health off=2',
      'health dry-run=1',
    ]);
  });

  it('counts what was to be repaired', () => {
    const repaired = { type: 'repaired', repair: { rewound_blocks: 3 } } as const;
    const { uncleanShutdowns, rewoundBlocks } = after(repaired, repaired);
    expect([uncleanShutdowns, rewoundBlocks]).toEqual([2, 6]);
  });
});

describe('the log', () => {
  const log = (event: Extract<CountedEvent, { type: 'log' }>['event']): CountedEvent => ({
    type: 'log',
    event,
  });
  const rotated = (bytes: number, pauseMs: number) =>
    log({ type: 'rotation', report: { rotated: true, bytes, pauseMs } });
  const notRotated = (reason: string) =>
    log({ type: 'rotation', report: { rotated: false, reason } });

  it('counts the bytes that were written since the beginning, over rotations and cuts', () => {
    const tally = createTally({ logSize: 1_000 });
    expect(tally.counts(1_500).logBytes).toBe(500);
    tally.count(rotated(1_400, 0));
    expect(tally.counts(300).logBytes).toBe(700);
    tally.count(log({ type: 'truncated-by-other', lostBytes: 300 }));
    expect(tally.counts(50).logBytes).toBe(750);
  });

  it('never goes back amid a rotation, and is unknown where the log cannot be read', () => {
    const tally = createTally();
    expect(tally.counts(900).logBytes).toBe(900);
    expect(tally.counts(10).logBytes).toBe(900);
    expect(tally.counts(null).logBytes).toBeNull();
    tally.count(rotated(890, 2));
    expect(tally.counts(20).logBytes).toBe(910);
  });

  it('counts rotations and their pauses; one with nothing to do is none', () => {
    const { rotations, pauseSeconds } = after(
      rotated(1, 2),
      notRotated('failed'),
      notRotated('empty'),
    );
    expect(moved(rotations)).toEqual(['done=1', 'failed=1']);
    expect(pauseSeconds.sum).toBe(0.002);
    expect(pauseSeconds.counts[1]).toBe(1);
  });

  it('measures the time without room, also while it lasts', () => {
    let now = 0;
    const tally = createTally({ now: () => now });
    const full = () => {
      const { isLogFull, logFullSeconds } = tally.counts(0);
      return [isLogFull, logFullSeconds];
    };
    expect(full()).toEqual([false, 0]);
    tally.count(log({ type: 'disk-full' }));
    now = 4_000;
    expect(full()).toEqual([true, 4]);
    tally.count(log({ type: 'disk-recovered' }));
    now = 9_000;
    expect(full()).toEqual([false, 4]);
    tally.count(log({ type: 'compressed' }));
    tally.count(log({ type: 'disk-full' }));
    now = 10_000;
    expect(full()).toEqual([true, 5]);
  });
});

it('counts alerts and their deliveries', () => {
  const { alerts, deliveries } = after(
    { type: 'alert', alert: 'crash', status: 'raised' },
    { type: 'alert', alert: 'crash', status: 'resolved' },
    { type: 'alert-delivery', channel: 'webhook', outcome: 'failed' },
    { type: 'alert-delivery', channel: 'webhook', outcome: 'failed' },
  );
  expect(moved(alerts)).toEqual(['crash raised=1', 'crash resolved=1']);
  expect(moved(deliveries)).toEqual(['webhook failed=2']);
});

it('keeps at most 200 causes, and counts the rest as one', () => {
  const ends = Array.from({ length: 300 }, (_, at) =>
    changeOf({}, { lastExit: diagnosed(`cause-${at}`, 'retry') }),
  );
  const { exits } = after(...ends);
  expect(exits).toHaveLength(201);
  expect(exits.reduce((sum, { value }) => sum + value, 0)).toBe(300);
  expect(moved(exits).at(-1)).toBe('unasked other=104');
});

it('counts upgrades when they are over', () => {
  const steps = ['waiting', 'stopping', 'watching', 'kept', 'watching', 'gone-back', 'kept'];
  const { upgrades } = after(
    ...steps.map((step) => ({ type: 'upgrade', plan: { step } }) as const),
  );
  expect(moved(upgrades)).toEqual(['kept=2', 'gone-back=1']);
});
