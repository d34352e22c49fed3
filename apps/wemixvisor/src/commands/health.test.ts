import { describe, expect, it } from 'vitest';
import { cannedSupervisor } from '../../test/canned-supervisor.ts';
import { healthOf } from '../../test/health-of.ts';
import { beginCommand } from '../../test/terminal.ts';
import { healthReport } from '../report/health-report.ts';

const healthy = healthReport(healthOf());

describe('health', () => {
  it.each([
    ['healthy', 0],
    ['unhealthy', 1],
    ['degraded', 2],
    ['unknown', 4],
  ] as const)('exits for %s with %i', async (status, code) => {
    const supervisor = await cannedSupervisor({
      'GET /v1/health?live=false': { body: { ...healthy, status } },
    });
    const ran = await supervisor.run('health');
    expect(ran).toMatchObject({ code, stderr: '' });
    expect(ran.stdout).toMatch(new RegExp(`^${status}: synced at block 1000\n`));
  });

  it('asks for a check now and prints JSON alone', async () => {
    const supervisor = await cannedSupervisor({ 'GET /v1/health?live=true': { body: healthy } });
    const { code, stdout } = await supervisor.run('health', '--live', '--json');
    expect(JSON.parse(stdout)).toEqual({ schema: 1, ...healthy });
    expect(code).toBe(0);
  });

  it('exits with 3 where there is no running node, and where no supervisor watches it', async () => {
    const supervisor = await cannedSupervisor({ 'GET /v1/health?live=false': { body: null } });
    const env = { WEMIXVISOR_HOME: '/nowhere/home' };
    expect(await supervisor.run('health')).toMatchObject({ code: 3, stdout: '' });
    expect(await beginCommand(['health'], { env }).done).toEqual({
      code: 3,
      stdout: '',
      stderr: 'wemixvisor: no node was ever started in /nowhere/home\n',
    });
  });

  it('passes on what the supervisor refuses, with its exit code', async () => {
    const supervisor = await cannedSupervisor({
      'GET /v1/health?live=false': { status: 409, body: { error: 'not now', exit_code: 75 } },
    });
    expect(await supervisor.run('health')).toEqual({
      code: 75,
      stdout: '',
      stderr: 'wemixvisor: not now\n',
    });
  });
});
