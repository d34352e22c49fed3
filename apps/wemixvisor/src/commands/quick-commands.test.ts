import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { cannedSupervisor } from '../../test/canned-supervisor.ts';
import { statusOf } from '../../test/status-of.ts';
import { beginCommand } from '../../test/terminal.ts';
import { parseCommandLine } from '../parse-command-line.ts';
import { processContext } from '../context.ts';
import { quickCommands, runQuick } from './quick-commands.ts';

/** Runs a command line by the main file's own commands alone: what they wrote, and the exit code. */
async function quickly(...argv: readonly string[]) {
  const stdout = new PassThrough({ encoding: 'utf8' });
  const context = { ...processContext({}), stdout, stderr: stdout };
  const commands = quickCommands(
    ({ state }) => Promise.resolve(`table: ${state}\n`),
    ({ paths }) => Promise.resolve(stdout.write(`looked at ${paths.home}\n`) ? 3 : 4),
  );
  const code = await runQuick(parseCommandLine(argv), context, commands);
  return { code, said: (stdout.read() ?? '') as string };
}

describe('a command that runs without the rest of the program', () => {
  it.each([
    [['status', '--watch']],
    [['status', '-h']],
    [['version', '--', 'x']],
    [['stop']],
    [['toString']],
    [[]],
  ])('leaves %j to the rest', async (argv) => {
    expect(await quickly(...argv)).toEqual({ code: undefined, said: '' });
  });

  it.each([[['version']], [['--version']], [['-v', '--json']]])('runs %j', async (argv) => {
    const { code, said } = await quickly(...argv);
    expect(said).toMatch(
      argv.includes('--json') ? /^\{"schema":1,"version":"[\d.]+"\}\n$/ : /^[\d.]+\n$/,
    );
    expect(code).toBe(0);
  });

  it('shows the status that a supervisor tells', async () => {
    const body = statusOf({ state: 'crashed' });
    const { home } = await cannedSupervisor({ 'GET /v1/status': { body } });
    const text = await quickly('status', '--home', home);
    expect(text).toEqual({ code: 1, said: 'table: crashed\n' });
    const { code, said } = await quickly('status', '--json', '--home', home);
    expect(JSON.parse(said)).toEqual(body);
    expect(code).toBe(1);
  });

  it('says why a supervisor refuses', async () => {
    const { home } = await cannedSupervisor({
      'GET /v1/status': { status: 500, body: { error: 'the disk is full' } },
    });
    const { code, said } = await quickly('status', '--home', home);
    expect(said).toBe('wemixvisor: the disk is full\n');
    expect(code).toBe(1);
  });

  it('looks at the home itself where no supervisor answers', async () => {
    await using folder = await temporaryDirectory();
    const nobody = await quickly('status', '--home', folder.path);
    expect(nobody).toEqual({ code: 3, said: `looked at ${folder.path}\n` });
  });

  it('takes the home of the option before that of the environment', async () => {
    await using folder = await temporaryDirectory();
    const env = { WEMIXVISOR_HOME: '/nowhere' };
    const { code, stderr } = await beginCommand(['status', `--home=${folder.path}`], { env }).done;
    expect(stderr).toBe(`wemixvisor: no node was ever started in ${folder.path}\n`);
    expect(code).toBe(3);
  });
});
