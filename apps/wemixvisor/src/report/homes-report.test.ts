import { describe, expect, it } from 'vitest';
import { healthOf } from '../../test/health-of.ts';
import { schemaErrorsOf } from '../../test/published-schema.ts';
import { statusOf } from '../../test/status-of.ts';
import { concernOf, homesExitCode, homesReport, type HomeReport } from './homes-report.ts';
import type { StatusReport } from './status-report.ts';

const home = (name: string, status: StatusReport | null, problem: string | null = null) =>
  ({ home: `/srv/${name}`, status, problem }) satisfies HomeReport;

const up = { state: 'running', pid: 7 } as const;
const fine = home('fine', statusOf(up, { health: healthOf() }));
const stopped = home('stopped', statusOf({}));
const never = home('never', null);
const unwell = home('unwell', statusOf(up, { health: healthOf({ status: 'degraded' }) }));
const unsupervised = home('unsupervised', statusOf(up, { supervisorPid: null }));
const crashed = home('crashed', statusOf({ state: 'crashed' }));
const silent = home('silent', null, 'no answer');

describe('the report of all homes', () => {
  it('has the worst first, then goes by path', () => {
    const given = [fine, stopped, crashed, unwell, never, silent, unsupervised];
    expect(homesReport(given).homes).toEqual([
      ...[silent, crashed, unsupervised, unwell, never, stopped, fine],
    ]);
    const [b, a] = [home('b', null), home('a', null)];
    expect(homesReport([b, a]).homes).toEqual([a, b]);
  });

  it.each([
    [[], 3],
    [[fine], 0],
    [[fine, unwell], 0],
    [[fine, unsupervised, stopped], 2],
    [[unsupervised, crashed], 1],
    [[fine, stopped], 3],
    [[fine, never], 3],
    [[stopped, crashed, fine], 1],
    [[home('e', statusOf({ state: 'error' })), never], 1],
    [[crashed, silent, stopped], 4],
  ])('ends with the code of the worst: %#', (homes, code) => {
    expect(homesExitCode(homesReport(homes))).toBe(code);
  });

  it('takes a state that it does not know for unknown', () => {
    const status = { ...statusOf(up), state: 'dreaming' as 'running' };
    expect(homesExitCode(homesReport([home('later', status)]))).toBe(4);
    expect(concernOf(home('later', status))).toBe('unknown');
  });

  it('agrees with its published schema', () => {
    const report = homesReport([fine, stopped, crashed, unwell, never, silent, unsupervised]);
    expect(schemaErrorsOf('ps', report)).toEqual([]);
    expect(schemaErrorsOf('ps', homesReport([]))).toEqual([]);
    const wrong = { ...report, homes: [{ ...fine, status: { schema: 1 } }] };
    expect(schemaErrorsOf('ps', wrong)).not.toEqual([]);
  });
});
