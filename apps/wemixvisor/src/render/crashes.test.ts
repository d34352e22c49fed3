import { describe, expect, it } from 'vitest';
import { statusOf } from '../../test/status-of.ts';
import type { CrashReport } from '../report/crash-report.ts';
import { crashSummary, diagnosisOf, renderCrash, renderCrashes } from './crashes.ts';

const diagnosis = {
  cause: 'go-panic',
  class: 'retry',
  summary: 'geth panicked',
  remedy: 'Report it',
  evidence: 'panic: boom',
  confidence: 'certain',
} as const;

function reportOf(overrides: Partial<CrashReport> = {}, exit: object | null = {}): CrashReport {
  const status = statusOf({ state: 'crashed' });
  const last = { code: 2, signal: null, cause: 'unasked', forced: false, last_line: null };
  const at = '2026-11-28T10:00:00.000Z';
  const last_exit = exit === null ? null : { ...last, at, diagnosis, ...exit };
  return {
    schema: 1,
    at,
    cause: 'exit',
    reason: 'exit code 2',
    status: { ...status, last_exit, version: 'Geth/v1.16.9', args: ['--datadir', '/d'] },
    last_lines: ['goroutine 1 [running]:', '\u001B[2Jexit status 2'],
    dump_lines: [],
    ...overrides,
  } as CrashReport;
}

const now = Date.parse('2026-11-28T12:30:00.000Z');

describe('a crash report', () => {
  it('is summed up by its cause, its end, or why the node was restarted', () => {
    expect(crashSummary(reportOf())).toBe('geth panicked');
    expect(crashSummary(reportOf({}, { diagnosis: null }))).toBe('it ended with code 2');
    expect(crashSummary(reportOf({}, null))).toBe('it ended');
    const unwell = reportOf({ cause: 'health', reason: 'no answer' });
    expect(crashSummary(unwell)).toBe('restarted for its health: no answer');
    expect([reportOf(), unwell].map((report) => diagnosisOf(report)?.cause)).toEqual([
      'go-panic',
      undefined,
    ]);
  });

  it('is a line of a list', () => {
    const kept = [
      { id: 'b', report: reportOf({ at: '2026-11-28T12:29:55.000Z' }) },
      { id: 'a', report: reportOf({}, { diagnosis: null }) },
    ];
    expect(renderCrashes(kept, now)).toBe(
      ['b      5s ago  geth panicked', 'a  2h 30m ago  it ended with code 2', ''].join('\n'),
    );
    expect(renderCrashes([], now)).toBe('');
  });

  it('says what happened, what to do and what the node said, and commands no terminal', () => {
    const report = reportOf({ dump_lines: ['panic: boom'] });
    expect(renderCrash({ id: 'a', report }, now)).toBe(
      [
        'Crash report a',
        'When:      2026-11-28T10:00:00.000Z (2h 30m ago)',
        'What:      geth panicked',
        'Ended:     with code 2',
        'Cause:     go-panic (certain)',
        'Evidence:  panic: boom',
        'To do:     Report it',
        'Node:      Geth/v1.16.9',
        'Options:   --datadir /d',
        '',
        'The beginning of its dump:',
        '  panic: boom',
        '',
        'The last lines of its log:',
        '  goroutine 1 [running]:',
        '  \\x1b[2Jexit status 2',
        '',
      ].join('\n'),
    );
  });

  it('has no end where the node was restarted for its health, and may have no words', () => {
    const report = reportOf({ cause: 'health', reason: 'no answer', last_lines: [] });
    const text = renderCrash({ id: 'a', report }, now);
    expect(text).not.toContain('Ended:');
    expect(text).not.toContain('Cause:');
    expect(text).toContain('\nIt wrote nothing.\n');
  });
});
