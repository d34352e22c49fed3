import { describe, expect, it } from 'vitest';
import { cannedSupervisor } from '../../test/canned-supervisor.ts';
import { statusOf } from '../../test/status-of.ts';
import { beginCommand } from '../../test/terminal.ts';

describe('detach', () => {
  it.each([
    [
      42,
      'the supervisor has ended; the node (pid 42) keeps running, unwatched until the next start\n',
    ],
    [null, 'the supervisor has ended; no node is running\n'],
  ])('says what became of the node with pid %j', async (pid, stdout) => {
    const supervisor = await cannedSupervisor({ 'POST /v1/detach': { body: statusOf({ pid }) } });
    expect(await supervisor.run('detach')).toEqual({ code: 0, stdout, stderr: '' });
  });

  it('is content where no supervisor runs', async () => {
    const env = { WEMIXVISOR_HOME: '/nowhere/home' };
    expect(await beginCommand(['detach'], { env }).done).toEqual({
      code: 0,
      stdout: 'no supervisor is running\n',
      stderr: '',
    });
  });
});
