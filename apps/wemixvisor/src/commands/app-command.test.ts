import { Cli } from 'clipanion';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import type { CommandContext } from '../context.ts';
import { AppCommand } from './app-command.ts';

/** How a command of the home /srv/home ends that meets an error of the system. */
async function endOf(code: string, path: string) {
  class Failing extends AppCommand {
    static override readonly paths = [['fail']];
    override execute(): Promise<number> {
      throw Object.assign(new Error(`${code}: at ${path}`), { code, path });
    }
  }
  const cli = new Cli<CommandContext>();
  cli.register(Failing);
  const stderr = new PassThrough();
  const context = {
    env: {},
    cwd: '/',
    homeDirectory: '/',
    temporaryDirectory: '/tmp',
    uid: 0,
    stderr,
    line: { json: false },
  };
  const exitCode = await cli.run(
    ['fail', '--home', '/srv/home'],
    context as unknown as CommandContext,
  );
  stderr.end();
  return { exitCode, said: await text(stderr) };
}

it('does not know what is in a home that may not be read', async () => {
  expect(await endOf('EACCES', '/srv/home/logs')).toEqual({
    exitCode: 4,
    said: 'wemixvisor: not allowed to read /srv/home/logs: run as the user of this home\n',
  });
});

it('fails by any other error', async () => {
  expect((await endOf('EACCES', '/elsewhere')).exitCode).toBe(1);
  expect((await endOf('EACCES', '/srv/home2/logs')).exitCode).toBe(1);
  expect((await endOf('EIO', '/srv/home/logs')).exitCode).toBe(1);
});
