import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { statusOf } from '../../test/status-of.ts';
import type { CrashReport } from '../report/crash-report.ts';
import { findCrashReport, readCrashReports, writeCrashReport } from './crash-reports.ts';
import { homePaths } from './home-paths.ts';

async function home() {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const paths = homePaths(folder.path, { temporaryDirectory: '/tmp', uid: -1 });
  mkdirSync(paths.crashes);
  return paths;
}

const reportAt = (at: string): CrashReport => ({
  schema: 1,
  at,
  cause: 'exit',
  reason: null,
  status: statusOf({ state: 'crashed' }),
  last_lines: ['bye'],
  dump_lines: [],
});

const secondsOf = (second: number) => `2026-11-28T10:00:${String(second).padStart(2, '0')}.000Z`;
const idOf = (second: number) => secondsOf(second).replaceAll(':', '-');

describe('crash reports', () => {
  it('are read as they were written, the newest first', async () => {
    const paths = await home();
    expect(writeCrashReport(paths, reportAt(secondsOf(1)))).toBe(
      join(paths.crashes, `${idOf(1)}.json`),
    );
    writeCrashReport(paths, reportAt(secondsOf(2)));
    expect(readCrashReports(paths)).toEqual([
      { id: idOf(2), report: reportAt(secondsOf(2)) },
      { id: idOf(1), report: reportAt(secondsOf(1)) },
    ]);
  });

  it('are kept fifty of, the newest', async () => {
    const paths = await home();
    for (let second = 0; second < 52; second += 1) {
      writeCrashReport(paths, reportAt(secondsOf(second)));
    }
    const kept = readCrashReports(paths).map(({ id }) => id);
    expect(kept).toHaveLength(50);
    expect([kept[0], kept.at(-1)]).toEqual([idOf(51), idOf(2)]);
    expect(readdirSync(paths.crashes)).toHaveLength(50);
  });

  it('may have no beginning of a dump, as earlier versions wrote them', async () => {
    const paths = await home();
    const { dump_lines: _, ...earlier } = reportAt(secondsOf(1));
    writeFileSync(join(paths.crashes, `${idOf(1)}.json`), JSON.stringify(earlier));
    expect(readCrashReports(paths)).toEqual([{ id: idOf(1), report: reportAt(secondsOf(1)) }]);
  });

  it.each([
    '',
    '{"schema":1',
    '{}',
    'null',
    '{"at":"x","status":{"state":"error"},"last_lines":[]}',
  ])('are left out where the file is none: %j', async (text) => {
    const paths = await home();
    writeFileSync(join(paths.crashes, `${idOf(1)}.json`), text);
    writeFileSync(join(paths.crashes, 'notes.txt'), 'by hand');
    expect(readCrashReports(paths)).toEqual([]);
  });

  it('are none in a home that was never used', () => {
    const paths = homePaths('/nonexistent', { temporaryDirectory: '/tmp', uid: -1 });
    expect(readCrashReports(paths)).toEqual([]);
    expect(() => findCrashReport(paths, 'last')).toThrow(
      'no crash report in /nonexistent/crashes: there is none',
    );
  });

  it('are found by the beginning of their ID, or as the last', async () => {
    const paths = await home();
    for (const second of [1, 2, 12]) writeCrashReport(paths, reportAt(secondsOf(second)));
    expect(findCrashReport(paths, 'last').id).toBe(idOf(12));
    expect(findCrashReport(paths, idOf(1)).id).toBe(idOf(1));
    expect(findCrashReport(paths, idOf(12).slice(0, 19)).id).toBe(idOf(12));
    expect(() => findCrashReport(paths, '2026-11-28')).toThrow(
      '3 crash reports begin with "2026-11-28": give more of the ID',
    );
    expect(() => findCrashReport(paths, 'x')).toThrow(
      `no crash report begins with "x" in ${paths.crashes}: wemixvisor crashes lists them`,
    );
  });
});
