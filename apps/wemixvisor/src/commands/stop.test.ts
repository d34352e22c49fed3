import { describe, expect, it } from 'vitest';
import { cannedSupervisor } from '../../test/canned-supervisor.ts';
import { statusOf } from '../../test/status-of.ts';
import { beginCommand } from '../../test/terminal.ts';
import type { StatusReport } from '../report/status-report.ts';

const stopped = statusOf({});
const killed: StatusReport = {
  ...stopped,
  last_exit: { forced: true } as StatusReport['last_exit'],
};

const supervisorThatStops = (body: StatusReport) =>
  cannedSupervisor({
    'POST /v1/stop': { body },
    'GET /v1/status': { body: statusOf({ state: 'stopping' }) },
  });

describe('stop', () => {
  it('stops the node by the supervisor, without a limit of its own', async () => {
    const supervisor = await supervisorThatStops(stopped);
    expect(await supervisor.run('stop')).toEqual({
      code: 0,
      stdout: 'the node has stopped\n',
      stderr: '',
    });
    expect(supervisor.requests).toContain('POST /v1/stop {"force":false}');
  });

  it('says who outlived the first process of the node, and not who stopped it', async () => {
    const reason = 'stopped by the operator; its first process was outlived by geth (7)';
    const supervisor = await supervisorThatStops({ ...stopped, reason });
    expect((await supervisor.run('stop')).stdout).toBe(
      'the node has stopped; its first process was outlived by geth (7)\n',
    );
  });

  it('passes the grace period on in milliseconds', async () => {
    const supervisor = await supervisorThatStops(stopped);
    await supervisor.run('stop', '--timeout', '10m');
    expect(supervisor.requests).toContain('POST /v1/stop {"force":false,"timeout_ms":600000}');
  });

  it('exits with 1 where the node had to be killed after the grace period', async () => {
    const { code, stdout, stderr } = await (await supervisorThatStops(killed)).run('stop');
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^wemixvisor: the node did not stop within the grace period/);
  });

  it('exits with 0 where the node was killed because --force was given', async () => {
    const supervisor = await supervisorThatStops(killed);
    expect(await supervisor.run('stop', '--force')).toMatchObject({
      code: 0,
      stdout: 'the node was killed\n',
    });
    expect(supervisor.requests).toContain('POST /v1/stop {"force":true}');
  });

  it('is content with a home where nothing runs', async () => {
    const env = { WEMIXVISOR_HOME: '/nowhere/home' };
    expect(await beginCommand(['stop'], { env }).done).toEqual({
      code: 0,
      stdout: 'no node was ever started in /nowhere/home\n',
      stderr: '',
    });
  });
});
