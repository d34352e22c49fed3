import { describe, expect, it } from 'vitest';
import { cannedSupervisor } from '../../../test/canned-supervisor.ts';
import { statusOf } from '../../../test/status-of.ts';
import { beginCommand } from '../../../test/terminal.ts';

describe('status', () => {
  it.each([
    ['running', 0],
    ['starting', 0],
    ['stopping', 0],
    ['upgrading', 0],
    ['stopped', 3],
    ['crashed', 1],
    ['error', 1],
  ] as const)('exits for a node that is %s with %i', async (state, code) => {
    const supervisor = await cannedSupervisor({ 'GET /v1/status': { body: statusOf({ state }) } });
    const ran = await supervisor.run('status');
    expect(ran).toMatchObject({ code, stderr: '' });
    expect(ran.stdout).toMatch(new RegExp(`^State: +${state}\n`));
  });

  it('prints JSON alone', async () => {
    const body = statusOf({ state: 'running', pid: 42 });
    const supervisor = await cannedSupervisor({ 'GET /v1/status': { body } });
    expect(JSON.parse((await supervisor.run('status', '--json')).stdout)).toEqual(body);
  });

  it('exits with 3 for a home where no node was ever started', async () => {
    const env = { WEMIXVISOR_HOME: '/nowhere/home' };
    expect(await beginCommand(['status'], { env }).done).toEqual({
      code: 3,
      stdout: '',
      stderr: 'wemixvisor: no node was ever started in /nowhere/home\n',
    });
  });
});
