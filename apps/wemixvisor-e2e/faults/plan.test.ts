import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canBeAt, faultNames, faults, type FaultName } from './fault.ts';
import { describePlan, isUpAfter, planOf, type Plan } from './plan.ts';

const plans = (check: (plan: Plan) => void) => {
  const property = fc.property(fc.integer({ min: 1, max: 1e9 }), (seed) => {
    check(planOf(seed));
  });
  fc.assert(property, { numRuns: 500 });
};

const stepsOf = (count: number, names?: readonly FaultName[]) =>
  Array.from({ length: count }, (_, index) => planOf(index + 1, names).steps).flat();

describe('a fault plan', () => {
  it('is the same for the same seed', () => {
    plans((plan) => expect(planOf(plan.seed)).toEqual(plan));
  });

  it('has a fault at least', () => {
    plans(({ steps }) => expect(steps.some(({ fault }) => fault !== null)).toBe(true));
  });

  it('starts a node exactly where it is down', () => {
    plans(({ steps }) => {
      let isUp = false;
      for (const step of steps) {
        expect(step.action === 'start').toBe(!isUp);
        isUp = isUpAfter(step);
      }
    });
  });

  it('lets a fault fall only into an action that it may fall into, and repeats no start that is unknown', () => {
    plans(({ place, wrapper, steps }) => {
      for (const { action, fault } of steps) {
        if (fault === null) continue;
        expect(faults[fault.name].actions).toContain(action);
        expect(canBeAt(fault.name, place)).toBe(true);
        if (fault.name === 'pause-node' && wrapper === 'su') {
          expect(['start', 'run', 'rotate']).toContain(action);
        }
        if (fault.recovery !== 'restart') continue;
        expect(action).not.toBe('start');
        expect(fault.name).not.toMatch(/launch/);
      }
    });
  });

  it('lets a fault come at any moment of the first 300 ms', () => {
    const delays = stepsOf(400).flatMap(({ action, fault }) =>
      action === 'run' && fault !== null ? [fault.afterMs] : [],
    );
    expect(Math.min(...delays)).toBeLessThan(20);
    expect(Math.max(...delays)).toBeGreaterThan(280);
    expect(Math.max(...delays)).toBeLessThanOrEqual(300);
  });

  const faultsOf = (count: number, names?: readonly FaultName[]) =>
    stepsOf(count, names).flatMap(({ fault }) => (fault === null ? [] : [fault]));

  it('pauses, fills or protects for 300 ms to 1.5 s, and no other fault but a clock out of order lasts', () => {
    const passing = ['pause-node', 'fill-disk', 'fill-inodes', 'read-only'] as const;
    for (const name of passing) {
      const times = faultsOf(300, [name]).map(({ forMs }) => forMs);
      expect(Math.min(...times)).toBeGreaterThanOrEqual(300);
      expect(Math.max(...times)).toBeLessThanOrEqual(1500);
    }
    const atOnce = faultNames.filter((name) => /^(kill|remove|steal|contend)-/.test(name));
    expect(faultsOf(100, atOnce).every(({ forMs }) => forMs === 0)).toBe(true);
  });

  it('jumps the clock back and forth, for good or for a while', () => {
    const jumps = faultsOf(300, ['jump-clock']);
    const [hour, day] = [3_600, 86_400];
    const by = new Set(jumps.map(({ jumpSeconds }) => jumpSeconds));
    expect(by).toEqual(new Set([-day, -hour, hour, 30 * day]));
    const times = jumps.map(({ forMs }) => forMs);
    expect(times).toContain(0);
    expect(Math.min(...times.filter((ms) => ms > 0))).toBeGreaterThanOrEqual(300);
    expect(Math.max(...times)).toBeLessThanOrEqual(1500);
    const others = faultNames.filter((name) => name !== 'jump-clock');
    expect(faultsOf(100, others).every(({ jumpSeconds }) => jumpSeconds === undefined)).toBe(true);
  });

  it.each(faultNames)('has a fault and a place for it where %s alone may be drawn', (name) => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const { place, steps } = planOf(seed, [name]);
      expect(canBeAt(name, place)).toBe(true);
      expect(steps.map(({ fault }) => fault?.name)).toContain(name);
    }
  });

  it('comes to every fault, every action with a kill of the supervisor, every wrapper and place', () => {
    const drawn = Array.from({ length: 1_000 }, (_, index) => planOf(index + 1));
    const hits = drawn.flatMap(({ steps }) => steps.map(({ fault }) => fault?.name));
    expect([...new Set(hits)].filter((name) => name !== undefined).sort()).toEqual(
      [...faultNames].sort(),
    );
    const kills = drawn.flatMap(({ steps }) =>
      steps.flatMap(({ action, fault }) =>
        fault?.name === 'kill-supervisor' ? [`${action} ${fault.recovery}`] : [],
      ),
    );
    const ups = ['run', 'crash', 'rotate', 'stop', 'restart'];
    const expected = [
      ...['start', 'stop'].map((recovery) => `start ${recovery}`),
      ...ups.flatMap((up) => ['start', 'stop', 'restart'].map((recovery) => `${up} ${recovery}`)),
    ];
    expect([...new Set(kills)].sort()).toEqual(expected.sort());
    const wrappersIn = (wanted: Plan['place']) =>
      drawn.flatMap(({ place, wrapper }) => (place === wanted ? [wrapper] : []));
    expect([...new Set(wrappersIn('disk'))].sort()).toEqual([
      ...['none', 'setsid', 'sh', 'su', 'timeout'],
    ]);
    expect([...new Set(wrappersIn('memory'))].sort()).toEqual(['none', 'sh']);
    expect([...new Set(wrappersIn('small'))].sort()).toEqual(['none', 'sh']);
    expect(new Set(drawn.map(({ receiver }) => receiver)).size).toBe(2);
  });

  it('draws the named faults alone', () => {
    const names = ['kill-command', 'cut-lock'] as const;
    const drawn = stepsOf(200, names).flatMap(({ fault }) => (fault === null ? [] : [fault.name]));
    expect([...new Set(drawn)].sort()).toEqual([...names].sort());
  });

  it('can be read in one line', () => {
    const plan: Plan = {
      seed: 7,
      stopMs: 20,
      crash: 'exit 1',
      wrapper: 'su',
      place: 'memory',
      receiver: 'hung',
      steps: [
        { action: 'start', fault: null },
        {
          action: 'run',
          fault: { name: 'pause-node', afterMs: 3, forMs: 400, recovery: 'restart' },
        },
        {
          action: 'stop',
          fault: { name: 'kill-supervisor', afterMs: 12, forMs: 0, recovery: 'start' },
        },
        {
          action: 'run',
          fault: {
            name: 'jump-clock',
            afterMs: 5,
            forMs: 0,
            jumpSeconds: -86_400,
            recovery: 'stop',
          },
        },
      ],
    };
    expect(describePlan(plan)).toBe(
      'seed 7 (stops in 20 ms, crashes by exit 1, behind su, home in memory, alerts to a silent receiver): start, ' +
        'run †pause-node@3ms for 400ms → restart, stop †kill-supervisor@12ms → start, ' +
        'run †jump-clock@5ms by -24h → stop',
    );
    expect(describePlan({ ...plan, place: 'small' })).toContain(', home on a small disk,');
  });
});
