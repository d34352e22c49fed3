import { describe, expect, it } from 'vitest';
import { scheduleOf } from './plan-upgrade.ts';

const now = new Date('2026-12-01T12:00:00Z');
const typed = { now: false, at: undefined, before: undefined, atHeight: undefined, idle: false };
const anytime = { notBefore: null, latest: null, height: null, idle: false };
const minute = 60_000;

describe('when a switch may begin', () => {
  it.each([
    ['nothing', {}, anytime],
    ['--now', { now: true }, anytime],
    ['--at', { at: '+2h' }, { ...anytime, notBefore: now.getTime() + 120 * minute }],
    ['--at-height', { atHeight: '33_000_000' }, { ...anytime, height: 33_000_000 }],
    ['--idle', { idle: true }, { ...anytime, idle: true }],
    [
      '--before, less what a stop and the watch take',
      { before: '2026-12-01T13:00Z' },
      { ...anytime, latest: now.getTime() + 45 * minute, idle: true },
    ],
  ])('is read from %s', (_, words, schedule) => {
    expect(scheduleOf({ ...typed, ...words }, now, 15 * minute)).toEqual(schedule);
  });

  it('takes a time of day that is over for that of tomorrow', () => {
    const [hour, minutes] = [now.getHours(), now.getMinutes()];
    const at = `${`${hour}`.padStart(2, '0')}:${`${minutes}`.padStart(2, '0')}`;
    const { notBefore } = scheduleOf({ ...typed, at }, now, 0);
    expect(notBefore).toBe(now.getTime() + 24 * 60 * minute);
  });

  it.each([
    [{ at: '2020-01-01' }, '--at 2020-01-01 is over'],
    [{ at: 'soon' }, '--at: "soon" is no time'],
    [{ before: '+5m' }, '--before +5m is too soon: a stop and the watch take up to 15 minutes'],
    [{ atHeight: '-1' }, '--at-height -1 is no block number'],
    [{ atHeight: 'x' }, '--at-height x is no block number'],
    [{ now: true, at: '+1h' }, '--now and --at exclude each other'],
    [{ atHeight: '5', before: '+1h' }, '--before and --at-height exclude each other'],
  ])('refuses %j', (words, message) => {
    expect(() => scheduleOf({ ...typed, ...words }, now, 15 * minute)).toThrow(message);
  });
});
