import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { cannedSupervisor } from '../test/canned-supervisor.ts';
import { statusOf } from '../test/status-of.ts';
import { beginCommand } from '../test/terminal.ts';

/** What somebody new types, in a home H that may have a config.toml, and the one line of the answer. */
interface Mistake {
  readonly typed: string;
  readonly code: number;
  readonly says: string;
  readonly config?: string;
}

const separator = 'is an option of the node and must stand after "--"';
const times =
  '2026-03-04T09:15:02Z, "2026-03-04 09:15[:02]", 2026-03-04, 09:15[:02], today, yesterday, now, 10m, 1h30m, "2h ago", @1772615702';

const mistakes: readonly Mistake[] = [
  { typed: 'stauts', code: 64, says: 'there is no command "stauts": did you mean status?' },
  { typed: 'res', code: 64, says: 'there is no command "res": did you mean restart?' },
  {
    typed: 'upgrade',
    code: 64,
    says: 'an argument is missing; see wemixvisor upgrade --help',
  },
  { typed: 'help strat', code: 64, says: 'there is no command "strat": did you mean start?' },
  {
    typed: 'config shwo',
    code: 64,
    says: 'there is no command "config shwo": did you mean config show?',
  },
  {
    typed: 'config set',
    code: 64,
    says: 'there is no command "config set": it has init, check, show',
  },
  {
    typed: 'geth --datadir /data',
    code: 64,
    says: 'a command comes first: wemixvisor start --binary geth -- --datadir /data',
  },
  {
    typed: '-- --http',
    code: 64,
    says: 'a command comes first: wemixvisor start -- --http',
  },
  {
    typed: '--home H status',
    code: 64,
    says: 'a command comes first: wemixvisor status --home H',
  },
  {
    typed: 'start --datadir /x',
    code: 64,
    says: `--datadir ${separator}: wemixvisor start -- --datadir /x`,
  },
  {
    typed: 'start --http.prot 8545',
    code: 64,
    says: `unknown option --http.prot: did you mean --http.port? It ${separator}`,
  },
  { typed: 'stop --froce', code: 64, says: 'unknown option --froce: did you mean --force?' },
  {
    typed: 'restart --time 5',
    code: 64,
    says: 'unknown option --time; see wemixvisor restart --help',
  },
  {
    typed: 'status --home',
    code: 64,
    says: '--home needs a value; see wemixvisor status --help',
  },
  {
    typed: 'stop now',
    code: 64,
    says: 'there is no place for "now"; see wemixvisor stop --help',
  },
  {
    typed: 'start -- --http',
    code: 64,
    says: "there is no geth or gwemix on PATH: name the node's program with --binary FILE",
  },
  {
    typed: 'start --binary /nowhere/geth -- --http',
    code: 64,
    says: "the node's program /nowhere/geth does not exist: name it with --binary FILE",
  },
  {
    typed: 'start --binary / -- --http',
    code: 64,
    says: "the node's program / is not a file: name the program itself with --binary FILE",
  },
  {
    typed: 'start --binary /bin/sh',
    code: 64,
    says: "there is no earlier start to repeat in H: give the node's options after --, as in: wemixvisor start -- --datadir /data (nothing after -- for the node's own defaults)",
  },
  {
    typed: 'restart',
    code: 1,
    says: 'there is no node to restart: wemixvisor start -- OPTIONS',
  },
  { typed: 'health', code: 3, says: 'no node was ever started in H' },
  { typed: 'logs', code: 3, says: 'no node was ever started in H' },
  {
    typed: 'logs --since yesterdya',
    code: 64,
    says: `"yesterdya" is no time: write it like ${times}`,
  },
  {
    typed: 'logs --tail abc',
    code: 64,
    says: '-n: "abc" is not a number of lines, or all',
  },
  {
    typed: 'logs --level wran',
    code: 64,
    says: '--level: "wran" is not one of trace, debug, info, warn, error, crit',
  },
  {
    typed: 'start --stop-timeout 300 -- --http',
    code: 64,
    says: '--stop-timeout: "300" is not a duration like 500ms, 30s, 5m, 1h30m or 0',
  },
  {
    typed: 'start --log-max-size 100M -- --http',
    code: 64,
    says: '--log-max-size: "100M" is not a size from 4 KiB, like 100MiB, 2GiB or 500KB',
  },
  {
    typed: 'start --rpc-url localhost:8545 -- --http',
    code: 64,
    says: '--rpc-url: "localhost:8545" is not http://HOST:PORT, https://HOST[/PATH] or the path of the node\'s IPC socket',
  },
  {
    typed: 'service sytemd',
    code: 64,
    says: '"sytemd" is not a service manager: must be systemd or launchd',
  },
  {
    typed: 'completion tcsh',
    code: 64,
    says: 'there is no completion for "tcsh": must be bash, zsh or fish',
  },
  {
    typed: 'config check',
    code: 64,
    config: '[health]\nmin_peer = 2\n',
    says: 'H/config.toml:2: health.min_peer is not a setting: did you mean health.min_peers?',
  },
  {
    typed: 'config check',
    code: 64,
    config: '[alerts]\nwebhook_url = https://example.org\n',
    says: 'H/config.toml:2:15: this is no value: a text needs quotes, as in key = "text"',
  },
  {
    typed: 'config check',
    code: 64,
    config: '[restart\nmax = 3\n',
    says: 'H/config.toml:1:9: this is no name of a table or key: write [table] or key = value',
  },
  {
    typed: 'start -- --http',
    code: 64,
    config: '[restart]\nmax = "many"\n',
    says: 'H/config.toml:2: restart.max: "many" is not a whole number from 0',
  },
];

describe('the first mistakes of somebody new', () => {
  it.each(mistakes)('$typed is answered in one line', async ({ typed, code, says, config }) => {
    await using folder = await temporaryDirectory();
    const home = join(folder.path, 'home');
    if (config !== undefined) {
      mkdirSync(home, { mode: 0o700 });
      writeFileSync(join(home, 'config.toml'), config, { mode: 0o600 });
    }
    const env = { WEMIXVISOR_HOME: home, PATH: '/nowhere' };
    const words = typed.split(' ').map((word) => (word === 'H' ? home : word));
    const ran = await beginCommand(words, { env }).done;
    expect(ran.stdout).toBe('');
    expect(ran.stderr.replaceAll(home, 'H')).toBe(`wemixvisor: ${says}\n`);
    expect(ran.code).toBe(code);
  });

  it('a start with other options names the difference and the command that changes it', async () => {
    const differences = ['the arguments are --http, not --ws'];
    const supervisor = await cannedSupervisor({
      'GET /v1/status': { body: statusOf({ state: 'running', pid: 42 }) },
      'POST /v1/start': { body: { outcome: 'different', differences } },
    });
    expect(await supervisor.run('start', '--binary', '/bin/sh', '--', '--ws')).toEqual({
      code: 1,
      stdout: '',
      stderr:
        'wemixvisor: the node is running, but the arguments are --http, not --ws; to change it: wemixvisor restart -- OPTIONS\n',
    });
  });

  it('a stop without a node is no failure', async () => {
    await using folder = await temporaryDirectory();
    const env = { WEMIXVISOR_HOME: join(folder.path, 'home') };
    expect(await beginCommand(['stop'], { env }).done).toEqual({
      code: 0,
      stdout: `no node was ever started in ${join(folder.path, 'home')}\n`,
      stderr: '',
    });
  });

  it('no command at all is answered by the help', async () => {
    const { code, stdout, stderr } = await beginCommand([]).done;
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('Run the node:\n  start ');
  });
});
