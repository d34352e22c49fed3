import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { exitOf, statusOf } from '../../test/status-of.ts';
import { SupervisorUnreachable } from '../control/client.ts';
import type { StatusReport } from '../report/status-report.ts';
import { homePaths } from '../state/home-paths.ts';
import { reportArrival } from './report-arrival.ts';

async function arrive(ask: () => StatusReport, log = '', timeoutMs = 0) {
  await using folder = await temporaryDirectory();
  const paths = homePaths(folder.path, { temporaryDirectory: '/tmp', uid: -1 });
  mkdirSync(paths.logs);
  writeFileSync(join(paths.logs, 'node.log'), log);
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const say = (line: string) => void stdout.write(`${line}\n`);
  const goesOn = 'it goes on';
  const { code } = await reportArrival(
    { stderr, interactive: false, columns: 80, onSignal: () => () => {} },
    { paths, timeoutMs, goesOn, say, status: () => Promise.resolve().then(ask) },
  );
  const text = (stream: PassThrough) => (stream.read() as Buffer | null)?.toString() ?? '';
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

describe('reportArrival', () => {
  it('says where a ready node answers', async () => {
    const running = statusOf({ state: 'running', pid: 42 });
    expect(await arrive(() => running)).toEqual({
      code: 0,
      stdout: 'the node is running (pid 42)\n',
      stderr: '',
    });
    const { stdout } = await arrive(() => ({ ...running, endpoint: 'http://127.0.0.1:8545' }));
    expect(stdout).toBe('the node is running (pid 42) and answers on http://127.0.0.1:8545\n');
  });

  it('exits with 75 where the node is not ready in time', async () => {
    expect(await arrive(() => statusOf({ state: 'starting', pid: 42 }))).toEqual({
      code: 75,
      stdout: '',
      stderr:
        'wemixvisor: the node is still starting after 0s; it goes on\nsee wemixvisor status and wemixvisor logs -f\n',
    });
  });

  it.each([
    ['Fatal: no\u001b[2J', null, '  Fatal: no\\x1b[2J\n'],
    ['', 'bye', '  bye\n'],
    ['', null, ''],
  ])(
    'says what to do where the cause is known (by %j, last line %j)',
    async (evidence, lastLine, quoted) => {
      const diagnosis = {
        cause: 'killed',
        class: 'never',
        summary: 'it was killed',
        remedy: 'raise the limit',
        evidence,
        confidence: 'likely',
      } as const;
      const lastExit = exitOf({ lastLine, diagnosis });
      const failed = statusOf({ state: 'error', reason: 'it was killed (exit code 1)', lastExit });
      expect((await arrive(() => failed)).stderr).toBe(
        `wemixvisor: the node is down: it was killed (exit code 1)\n${quoted}what to do: raise the limit\n`,
      );
    },
  );

  it('quotes the last lines of a node that failed, with control characters escaped', async () => {
    const log = Array.from({ length: 12 }, (_, index) => `line ${index}\u001b[2J\n`).join('');
    const status = statusOf({ state: 'error', reason: 'exit code 1' });
    const { code, stdout, stderr } = await arrive(() => status, log);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    const lines = stderr.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'wemixvisor: the node is down: exit code 1',
      'the last lines of its log:',
      String.raw`  line 2\x1b[2J`,
    ]);
    expect(lines).toHaveLength(13);
  });

  it('says when a crashed node is started again', async () => {
    const at = new Date(Date.now() + 5_900).toISOString();
    const status = {
      ...statusOf({ state: 'crashed' }),
      next_action: { what: 'restart', at } as const,
    };
    const { code, stderr } = await arrive(() => status);
    expect(stderr).toMatch(/^wemixvisor: the node is down: crashed; restart in [45]s\n$/);
    expect(code).toBe(1);
  });

  it('exits with 1 where the supervisor goes away meanwhile', async () => {
    const gone = () => {
      throw new SupervisorUnreachable('gone');
    };
    expect(await arrive(gone)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'wemixvisor: the supervisor has gone; see wemixvisor status\n',
    });
  });
});
