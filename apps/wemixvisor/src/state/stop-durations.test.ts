import { expect, it } from 'vitest';
import type { EventReport } from '../report/event-report.ts';
import { stopDurations } from './stop-durations.ts';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const event = (kind: string, second: number, facts: object): EventReport => ({
  schema: 1,
  time: at(second),
  level: 'info',
  event: kind,
  message: '',
  ...facts,
});
const state = (to: string, second: number) => event('state', second, { to });
const exited = (second: number, facts: object = {}) => event('node-exited', second, facts);

it('tells how long each stop took, from its request to the end of the node', () => {
  const events = [
    exited(0),
    state('running', 1),
    state('stopping', 10),
    event('command', 11, {}),
    state('stopping', 12),
    exited(20, { exited_at: at(14) }),
    state('stopped', 20),
    state('running', 21),
    exited(30),
    state('crashed', 30),
    state('stopping', 40),
    exited(45, { exited_at: null }),
  ];
  expect(stopDurations(events)).toEqual([4_000, 5_000]);
});

it('leaves out a stop that it saw one end of, and one over which the clock was set back', () => {
  expect(stopDurations([state('stopping', 10)])).toEqual([]);
  expect(stopDurations([state('stopping', 10), state('running', 12), exited(15)])).toEqual([]);
  expect(stopDurations([state('stopping', 10), exited(5)])).toEqual([]);
});
