import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fakeGeth, temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { beginCommand } from '../test/terminal.ts';
import type { AppContext } from './context.ts';

const run = (argv: readonly string[], context: Partial<AppContext> = {}) =>
  beginCommand(argv, context).done;

describe('the command line', () => {
  it.each([
    [['strat'], 'there is no command "strat": did you mean start?'],
    [
      ['launch-missiles'],
      'there is no command "launch-missiles"; wemixvisor --help lists them all',
    ],
    [['--json', 'status'], 'a command comes first: wemixvisor status --json'],
    [
      ['--datadir', '/d', '--http'],
      'a command comes first: wemixvisor start -- --datadir /d --http',
    ],
    [['start', '--hoem', '/x'], 'unknown option --hoem: did you mean --home?'],
    [['status', '--jason'], '--json?'],
    [['start', '--http', '--home', '/x'], 'wemixvisor start --home /x -- --http'],
    [
      ['start', '--datadir', '/d', '--', '--ws'],
      '--datadir is an option of the node and must stand after "--": wemixvisor start -- --datadir /d --ws',
    ],
    [['stop', 'now'], 'see wemixvisor stop --help'],
    [['status', '--xyzzy-plugh'], 'see wemixvisor status --help'],
  ])('answers %j in one line and with code 64', async (argv, words) => {
    const { code, stdout, stderr } = await run(argv);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^wemixvisor: .*\n$/);
    expect(stderr).toContain(words);
    expect(code).toBe(64);
  });

  it.each([
    [['start', '--stop-timeout', 'soon'], '--stop-timeout: "soon" is not a duration like 500ms'],
    [['start', '--max-restarts=-1'], '--max-restarts: "-1" is not a whole number from 0'],
    [['start', '--restart', 'maybe'], 'is not one of on-failure, always, never'],
    [['start', '--env', 'NOVALUE'], 'is not NAME=value'],
    [['start', '--config', '/nowhere/c.toml'], 'cannot read the configuration /nowhere/c.toml'],
    [['stop', '--timeout', 'soon'], '--timeout: "soon" is not a duration like 500ms'],
    [['logs', '-n', 'many'], '-n: "many" is not a number of lines, or all'],
    [['logs', '--since', 'whenever'], 'whenever'],
    [['logs', '--level', 'loud'], '--level: "loud" is not one of'],
    [['logs', '--grep', '('], 'wemixvisor: '],
    [['logs', '-n', '1e3'], '-n: "1e3" is not a number of lines, or all'],
  ])('refuses the value in %j with code 64', async (argv, words) => {
    const { code, stderr } = await run(argv, { env: { WEMIXVISOR_HOME: '/nowhere/home' } });
    expect(stderr).toMatch(/^wemixvisor: .*\n$/);
    expect(stderr).toContain(words);
    expect(code).toBe(64);
  });

  it('says that there is no node program', async () => {
    await using folder = await temporaryDirectory();
    const context = { env: { PATH: folder.path, WEMIXVISOR_HOME: join(folder.path, 'home') } };
    const none = await run(['start', '--', '--http'], context);
    expect(none.code).toBe(64);
    expect(none.stderr).toContain('there is no geth or gwemix on PATH');
    const missing = await run(['start', '--binary', '/nowhere/geth', '--'], context);
    expect(missing.code).toBe(64);
    expect(missing.stderr).toContain("the node's program /nowhere/geth does not exist");
  });

  it('knows its version, for people and for programs', async () => {
    const { version } = manifest;
    for (const argv of [['version'], ['--version'], ['-v']]) {
      expect(await run(argv)).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
    }
    const { stdout } = await run(['version', '--json']);
    expect(JSON.parse(stdout)).toEqual({ schema: 1, version });
  });

  it('shows the licences of what it contains from others', async () => {
    expect(await run(['version', '--licences'])).toMatchObject({
      code: 0,
      stdout: 'the licences\n',
    });
  });

  it.each([['--help'], ['-h'], ['help']])('lists its commands for %s', async (word) => {
    const { code, stdout } = await run([word]);
    expect(code).toBe(0);
    for (const name of ['start', 'run', 'stop', 'restart', 'status', 'logs', 'detach']) {
      expect(stdout).toMatch(new RegExp(`^ {2}${name} {2}`, 'm'));
    }
    expect(stdout).not.toContain('supervise ');
  });

  it.each(['start', 'stop', 'restart', 'status', 'logs', 'detach'])(
    'explains %s with its options, within the width of the terminal',
    async (name) => {
      for (const columns of [40, 100]) {
        const { code, stdout } = await run([name, '--help'], { columns });
        expect(code).toBe(0);
        expect(stdout).toContain(`wemixvisor ${name}`);
        expect(stdout).toContain('--home');
      }
    },
  );

  it('gives the words of run to the node, a call for help among them', async () => {
    await using folder = await temporaryDirectory();
    const programs = join(folder.path, 'bin');
    mkdirSync(programs);
    symlinkSync(fakeGeth, join(programs, 'geth'));
    const PATH = [programs, dirname(process.execPath), '/usr/bin', '/bin'].join(':');
    const env = { PATH, WEMIXVISOR_HOME: join(folder.path, 'home') };
    const { code, stdout } = await run(['run', '--help', '--http'], { env });
    expect(stdout).toContain('the go-ethereum command line interface');
    expect(code).toBe(0);
  });

  it('starts nothing by start alone where nothing was started before', async () => {
    await using folder = await temporaryDirectory();
    const home = join(folder.path, 'home');
    const env = { WEMIXVISOR_HOME: home };
    const { code, stderr } = await run(['start', '--binary', process.execPath], { env });
    expect(stderr).toContain(`there is no earlier start to repeat in ${home}: give the node's`);
    expect(code).toBe(64);
    expect(existsSync(home)).toBe(false);
  });

  it('names the place of a wrong value in the environment and in the file', async () => {
    await using folder = await temporaryDirectory();
    const env = { WEMIXVISOR_HOME: folder.path, WEMIXVISOR_MIN_PEERS: 'some' };
    const wrong = await run(['start', '--', '--http'], { env });
    expect(wrong.stderr).toContain('WEMIXVISOR_MIN_PEERS: "some" is not a whole number from 0');
    writeFileSync(join(folder.path, 'config.toml'), '[health]\nmin_peers = "few"\n', {
      mode: 0o600,
    });
    const { code, stderr } = await run(['start'], { env: { WEMIXVISOR_HOME: folder.path } });
    expect(stderr).toContain(`${join(folder.path, 'config.toml')}:2: health.min_peers: "few"`);
    expect(code).toBe(64);
  });
});
