import { describe, expect, it } from 'vitest';
import { eventReport } from './event-report.ts';

const line = (facts: object) =>
  JSON.stringify({ level: 'info', time: '2026-11-28T12:00:00.000Z', ...facts });

describe('eventReport', () => {
  it('is a line of the journal with its words and facts', () => {
    const exit = {
      level: 'warn',
      event: 'node-exited',
      code: 1,
      msg: 'the node ended with code 1',
    };
    expect(eventReport(line(exit))).toEqual({
      schema: 1,
      time: '2026-11-28T12:00:00.000Z',
      level: 'warn',
      event: 'node-exited',
      message: 'the node ended with code 1',
      code: 1,
    });
  });

  it.each([
    [{ to: 'running', pid: 7, next: null }, 'starting → running', 'the node is running (pid 7)'],
    [
      { to: 'crashed', pid: null, next: { what: 'restart', at: 5 } },
      'running → crashed: exit code 1',
      'the node is crashed: exit code 1; it is started again',
    ],
    [
      { to: 'crashed', pid: null, next: { what: 'check', at: 5 } },
      'running → crashed: disk is low: 1 GiB',
      'the node is crashed: disk is low: 1 GiB; it is started again when this has cleared',
    ],
    [
      { to: 'error', pid: null, next: null },
      'starting → error: a flag',
      'the node is in error: a flag',
    ],
    [
      { to: 'stopping', pid: 7, next: { what: 'kill', at: 5 } },
      'running → stopping: stopped by the operator',
      'the node is stopping: stopped by the operator',
    ],
  ])('says what the node is: %j', (facts, msg, words) => {
    expect(eventReport(line({ event: 'state', ...facts, msg }))?.message).toBe(words);
  });

  it.each([
    ['', 'nothing'],
    ['{"level":"info","time":"2026-1', 'a torn line'],
    ['null', 'no object'],
    ['[1]', 'a list'],
    [line({ event: 'x' }), 'an event without words'],
    [line({ msg: 'x' }), 'words without an event'],
    [line({ level: 'debug', event: 'x', msg: 'x' }), 'what is for who debugs'],
  ])('is null for %j, %s', (text) => {
    expect(eventReport(text)).toBeNull();
  });

  it('is of the shape that its schema has, whatever a line brings', () => {
    expect(eventReport(line({ schema: 9, event: 'x', msg: 'y', message: 'z' }))).toMatchObject({
      schema: 1,
      message: 'y',
    });
  });
});
