import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { events, lifecycles } from '../../test/support/lifecycles.ts';
import type { Effect } from './effect.ts';
import type { LifecycleEvent } from './event.ts';
import { defaultRestartPolicy } from './restart-policy.ts';
import { transition } from './transition.ts';

const page = new URL('../../../../docs/lifecycle.md', import.meta.url);

function effectName(effect: Effect): string {
  switch (effect.type) {
    case 'startTimer':
      return `start ${effect.timer} timer`;
    case 'cancelTimer':
      return `cancel ${effect.timer} timer`;
    default:
      return effect.type;
  }
}

function cell(lifecycle: (typeof lifecycles)[keyof typeof lifecycles], event: LifecycleEvent) {
  const next = transition(lifecycle, event, defaultRestartPolicy);
  if (next.lifecycle === lifecycle) return '·';
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
    expect(new Set(Object.values(events).map(({ type }) => type)).size).toBe(12);
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
});
