import { describe, expect, it } from 'vitest';
import { readStoredAlerts } from './read-stored-alerts.ts';

const at = Date.parse('2026-11-23T12:00:00Z');
const state = { key: 'crash', event: 'crash', severity: 'critical', summary: 'it crashed' };
const files: Readonly<Record<string, string>> = {
  '/run/alerts.json': JSON.stringify({
    schema: 1,
    troubles: [{ ...state, since: at, toldAt: null, goneAt: null }],
  }),
  '/run/alerts-waiting.json': '{"schema":1,"waiting":[{"channel":"smoke"}]}',
};

function readFile(file: string): string {
  const text = files[file];
  if (text === undefined) throw new Error('ENOENT');
  return text;
}

describe('readStoredAlerts', () => {
  it('has the conditions of the last look, and counts no damaged alert', () => {
    const { key: _, ...shown } = state;
    const since = '2026-11-23T12:00:00.000Z';
    expect(readStoredAlerts('/run', { readFile })).toEqual({
      conditions: [{ ...shown, since, notifiedAt: null }],
      pending: 0,
    });
  });

  it('has nothing where nothing was stored', () => {
    expect(readStoredAlerts('/elsewhere', { readFile })).toEqual({ conditions: [], pending: 0 });
  });
});
