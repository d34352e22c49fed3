import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { events, lifecycles, stopping } from '../../test/support/lifecycles.ts';
import type { Effect } from './effect.ts';
import type { LifecycleEvent } from './event.ts';
import { defaultRestartPolicy } from './restart-policy.ts';
import type { Lifecycle } from './state.ts';
import { transition } from './transition.ts';

const page = new URL('../../../../docs/lifecycle.md', import.meta.url);

const effectName = (effect: Effect): string =>
  'timer' in effect ? effect.type.replace('Timer', ` ${effect.timer} timer`) : effect.type;

function cell(lifecycle: (typeof lifecycles)[keyof typeof lifecycles], event: LifecycleEvent) {
  const next = transition(lifecycle, event, defaultRestartPolicy);
  if (next.lifecycle === lifecycle && next.effects.length === 0) return '·';
  const then = next.lifecycle.state === 'stopping' ? ` (then ${next.lifecycle.then})` : '';
  const effects = next.effects.map(effectName).join(', ');
  return `**${next.lifecycle.state}**${then}${effects === '' ? '' : `: ${effects}`}`;
}

/** One table per state: the event, and what follows from it. */
function tables(): string {
  return Object.entries(lifecycles)
    .map(([name, lifecycle]) => {
      const rows = Object.entries<LifecycleEvent>(events).map(([event, happened]) => [
        event,
        cell(lifecycle, happened),
      ]);
      const seen = rows.filter(([, what]) => what !== '·').map((row) => `| ${row.join(' | ')} |`);
      const rest = rows.filter(([, what]) => what === '·').map(([event]) => event);
      const head = `### ${name}\n\n| event | next state: effects |\n| --- | --- |`;
      return `${head}\n${seen.join('\n')}\n\nNothing follows from: ${rest.join('; ')}.`;
    })
    .join('\n\n');
}

/** Every change of state under policies that restart, do not restart, and have no budget. */
function possibleChanges(): Set<string> {
  const policies = [
    defaultRestartPolicy,
    { ...defaultRestartPolicy, restart: 'never' as const },
    { ...defaultRestartPolicy, maxRestarts: 0 },
  ];
  const thens = ['rest', 'upgrade', 'policy', 'start'] as const;
  const all: Lifecycle[] = [
    ...Object.values(lifecycles),
    ...thens.map((then) => stopping({ then })),
    { ...lifecycles.upgrading, desired: 'down' },
    { ...lifecycles['upgrading, plan lost'], desired: 'down' },
  ];
  const changes = policies.flatMap((policy) =>
    all.flatMap((lifecycle) =>
      Object.values<LifecycleEvent>(events).map((event) => {
        const { state } = transition(lifecycle, event, policy).lifecycle;
        return { from: lifecycle.state, to: state };
      }),
    ),
  );
  return new Set(
    changes.filter(({ from, to }) => from !== to).map(({ from, to }) => `${from} --> ${to}`),
  );
}

/** The text between the markers, without the padding that the formatter adds to tables. */
function documented(): string {
  const [, between = ''] = readFileSync(page, 'utf8').split(/<!-- table (?:begins|ends) -->/);
  return between.trim().replace(/ +\|/g, ' |').replace(/\| +/g, '| ').replace(/-{3,}/g, '---');
}

describe('the table of docs/lifecycle.md', () => {
  it('holds what the code does for every state and event', () => {
    expect(documented()).toBe(tables());
  });

  it('covers every state and every type of event', () => {
    expect(new Set(Object.values(lifecycles).map(({ state }) => state)).size).toBe(7);
    expect(new Set(Object.values(events).map(({ type }) => type)).size).toBe(18);
  });

  it.each(Object.entries(lifecycles))(
    'drops late events of an older child while %s',
    (_, lifecycle) => {
      for (const event of Object.values<LifecycleEvent>(events)) {
        if (!('generation' in event)) continue;
        const late = transition(lifecycle, { ...event, generation: 2 }, defaultRestartPolicy);
        expect(late).toEqual({ lifecycle, effects: [] });
      }
    },
  );

  it('has a diagram with every change of state that can happen, and no other', () => {
    const drawn = [...readFileSync(page, 'utf8').matchAll(/^ {2}(\w+) --> (\w+)/gm)].map(
      ([, from, to]) => `${from} --> ${to}`,
    );
    expect(new Set(drawn)).toEqual(possibleChanges());
  });
});
