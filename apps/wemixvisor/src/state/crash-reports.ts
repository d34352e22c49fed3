import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { systemCodeOf, usageError } from '../app-error.ts';
import type { CrashReport, KeptCrash } from '../report/crash-report.ts';
import type { HomePaths } from './home-paths.ts';
import { readJsonFile } from './read-json-file.ts';
import { writeJsonFile } from './write-json-file.ts';

/** Reports in a home; the oldest go first. */
const reportsKept = 50;
const ending = '.json';

/** Writes a report to `crashes/<UTC time>.json`, readable by its owner only, and returns the file. */
export function writeCrashReport({ crashes }: HomePaths, report: CrashReport): string {
  const file = join(crashes, `${report.at.replaceAll(':', '-')}${ending}`);
  writeJsonFile(file, report, 2);
  for (const id of idsIn(crashes).slice(reportsKept)) rmSync(join(crashes, `${id}${ending}`));
  return file;
}

/** The reports of a home, the newest first. A file that is no report is left out. */
export function readCrashReports({ crashes }: HomePaths): readonly KeptCrash[] {
  return idsIn(crashes).flatMap((id) => {
    const report = reportIn(join(crashes, `${id}${ending}`));
    return report === null ? [] : [{ id, report }];
  });
}

/**
 * The report of an ID, of the beginning of one, or the `last` one.
 *
 * @throws AppError with exit code 64 where there is none, or several begin so.
 */
export function findCrashReport(paths: HomePaths, wanted: string): KeptCrash {
  const kept = readCrashReports(paths);
  const found =
    wanted === 'last' ? kept.slice(0, 1) : kept.filter(({ id }) => id.startsWith(wanted));
  const exact = found.find(({ id }) => id === wanted) ?? found[0];
  if (exact === undefined) {
    const known = kept.length === 0 ? 'there is none' : 'wemixvisor crashes lists them';
    throw usageError(
      `no crash report ${wanted === 'last' ? '' : `begins with "${wanted}" `}in ${paths.crashes}: ${known}`,
    );
  }
  if (found.length > 1 && exact.id !== wanted) {
    throw usageError(`${found.length} crash reports begin with "${wanted}": give more of the ID`);
  }
  return exact;
}

/** The names of the reports sort by their time. */
function idsIn(folder: string): readonly string[] {
  return filesIn(folder)
    .filter((name) => name.endsWith(ending))
    .map((name) => name.slice(0, -ending.length))
    .toSorted()
    .toReversed();
}

/** None in a home that was never used. */
function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    // That there is none in a folder that may not be read, nobody knows.
    if (systemCodeOf(error) === 'EACCES') throw error;
    return [];
  }
}

/** An earlier version kept no beginning of a dump. */
function reportIn(file: string): CrashReport | null {
  try {
    const read = readJsonFile(file) as Partial<CrashReport> & Omit<CrashReport, 'dump_lines'>;
    const { dump_lines = [], ...report } = read;
    const isReport =
      Number.isFinite(Date.parse(report.at)) &&
      typeof report.status.state === 'string' &&
      Array.isArray(report.last_lines);
    return isReport ? { ...report, dump_lines } : null;
  } catch {
    return null;
  }
}
