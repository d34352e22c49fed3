import { describe, expect, it } from 'vitest';
import { commandNames } from '../src/commands/command-names.ts';
import { definitionsOf } from '../src/help/command-definitions.ts';
import type { ActionReport } from '../src/report/action-report.ts';
import type { DoctorReport } from '../src/report/doctor-report.ts';
import { schemaErrorsOf } from './published-schema.ts';
import { workplace, type Workplace } from './workplace.ts';

/** Runs a command with `--json`; what it prints is one JSON value that agrees with its published schema. */
async function printed(place: Workplace, schema: string, ...argv: readonly string[]) {
  const at = argv.includes('--') ? argv.indexOf('--') : argv.length;
  const { code, stdout, stderr } = await place.run(...argv.toSpliced(at, 0, '--json'));
  const report = JSON.parse(stdout) as unknown;
  expect(schemaErrorsOf(schema, report), stdout).toEqual([]);
  return { code, report, stderr };
}

const outcomeOf = async (place: Workplace, ...argv: readonly string[]) => {
  const { code, report } = await printed(place, 'action', ...argv);
  const { outcome, status } = report as ActionReport;
  return [outcome, code, status?.state ?? null];
};

describe('--json', () => {
  it('prints a report of each command that agrees with its schema', async () => {
    const place = await workplace();
    await place.supervised();
    const node = ['--', ...place.nodeArguments];
    expect(await outcomeOf(place, 'start', ...node)).toEqual(['running', 0, 'running']);
    expect(await outcomeOf(place, 'start', '--', '--http')).toEqual(['different', 1, 'running']);
    expect(await outcomeOf(place, 'restart')).toEqual(['running', 0, 'running']);
    for (const [schema, ...argv] of [
      ['ps', 'ps'],
      ['status', 'status'],
      ['health', 'health', '--live'],
      ['explain', 'explain'],
      ['forks', 'forks'],
      ['crashes', 'crashes'],
      ['crashes-bundle', 'crashes', 'bundle'],
      ['alerts', 'alerts'],
      ['alerts-test', 'alerts', 'test'],
      ['logs-rotate', 'logs', '--rotate'],
      ['reload', 'reload'],
      ['config-show', 'config', 'show'],
      ['config-check', 'config', 'check'],
      ['version', 'version'],
    ] as const) {
      await printed(place, schema, ...argv);
    }
    const { code, report } = await printed(place, 'doctor', 'doctor', '--', '--htpp');
    const { would_start: wouldStart, findings } = report as DoctorReport;
    expect([code, wouldStart]).toEqual([1, false]);
    expect(findings).toMatchObject([{ code: 'unknown-flag', position: 0 }]);
  });

  it('says how a stop and a detach ended', async () => {
    const place = await workplace();
    expect(await outcomeOf(place, 'stop')).toEqual(['not_running', 0, null]);
    expect(await outcomeOf(place, 'detach')).toEqual(['no_supervisor', 0, null]);
    const first = await place.supervised();
    expect(await outcomeOf(place, 'detach')).toEqual(['detached', 0, 'running']);
    await first.done;
    expect((await printed(place, 'alerts', 'alerts')).code).toBe(3);
    expect(await outcomeOf(place, 'stop')).toEqual(['stopped', 0, 'stopped']);
    place.env['FAKE_GETH_STOP_MS'] = 'never';
    await place.supervised();
    expect(await outcomeOf(place, 'stop', '--timeout', '50ms')).toEqual(['killed', 1, 'stopped']);
    expect(await outcomeOf(place, 'stop')).toEqual(['not_running', 0, 'stopped']);
  });

  it('prints an object where a command fails, and the line on standard error as well', async () => {
    const place = await workplace();
    for (const [argv, expected] of [
      [['status'], 3],
      [['explain'], 3],
      [['health'], 3],
      [['alerts'], 3],
      [['reload'], 3],
      [['logs'], 3],
      [['events'], 3],
      [['logs', '--rotate'], 3],
      [['crashes', 'show'], 64],
      [['restart'], 1],
      [['start'], 64],
      [['start', '--foreground'], 64],
      [['stop', '--timeout', 'soon'], 64],
      [['config', 'show', '--min-peers', 'few'], 64],
      [['stauts'], 64],
      [['status', '--jsno'], 64],
    ] as const) {
      const { code, report, stderr } = await printed(place, 'error', ...argv);
      const { error, exit_code: said } = report as { error: string; exit_code: number };
      expect([code, said], argv.join(' ')).toEqual([expected, expected]);
      expect(stderr).toContain(`wemixvisor: ${error}\n`);
    }
  });

  it('is an option of every command that a program might read', async () => {
    const definitions = await definitionsOf(commandNames);
    const without = definitions.filter(
      ({ options }) => !options.some(({ names }) => names.includes('--json')),
    );
    // run passes all words on, top draws, and the others write a file.
    expect(without.map(({ name }) => name)).toEqual([
      'run',
      'top',
      'config init',
      'service',
      'completion',
    ]);
  });
});
