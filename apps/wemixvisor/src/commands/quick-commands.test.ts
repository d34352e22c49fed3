import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { beginCommand } from '../../test/terminal.ts';
import { runQuick } from './quick-commands.ts';
import { isQuick, parseCommandLine } from '../parse-command-line.ts';
import { processContext } from '../context.ts';

describe('a command that runs without clipanion', () => {
  it.each([
    [['status', '--watch']],
    [['status', '-h']],
    [['version', '--', 'x']],
    [['stop']],
    [['toString']],
    [[]],
  ])('leaves %j to clipanion', async (argv) => {
    const line = parseCommandLine(argv);
    expect(isQuick(line)).toBe(false);
    expect(await runQuick(line, processContext())).toBeUndefined();
  });

  it.each([[['version']], [['--version']], [['-v', '--json']]])('runs %j', async (argv) => {
    expect(isQuick(parseCommandLine(argv))).toBe(true);
    const { code, stdout } = await beginCommand(argv, {}).done;
    expect(stdout).toMatch(
      argv.includes('--json') ? /^\{"schema":1,"version":"[\d.]+"\}\n$/ : /^[\d.]+\n$/,
    );
    expect(code).toBe(0);
  });

  it('takes the home of the option before that of the environment', async () => {
    await using folder = await temporaryDirectory();
    const env = { WEMIXVISOR_HOME: '/nowhere' };
    const { code, stderr } = await beginCommand(['status', `--home=${folder.path}`], { env }).done;
    expect(stderr).toBe(`wemixvisor: no node was ever started in ${folder.path}\n`);
    expect(code).toBe(3);
  });
});
