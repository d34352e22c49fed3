import {
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { program, temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakeInstallation } from '../harness/fake-installation.ts';
import { installation, outcomeOf, type Installation } from '../harness/installation.ts';

/** What a node was given, as it tells itself. */
interface Given {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly umask: number;
  readonly descriptors: Readonly<Record<string, string>>;
}

const start = (...options: readonly string[]) => [
  ...['start', '--binary', process.execPath, ...options],
  ...['--', program('prints-itself')],
];

/** The node says it once, before `start` returns. */
function given({ home }: Installation): Given {
  const lines = readFileSync(join(home, 'logs/node.log'), 'utf8').trimEnd().split('\n');
  return JSON.parse(lines.at(-1) ?? '') as Given;
}

describe.concurrent("the node's environment", () => {
  it("is the operator's, with WEMIX_HOME and WEMIX_NETWORK and without wemixvisor's own", async () => {
    await using wemixvisor = await installation({
      LANG: 'C.UTF-8',
      GOMEMLIMIT: '4GiB',
      'odd.name': 'kept',
      WEMIXVISOR_LOG_LEVEL: 'debug',
      WEMIXVISOR_MIN_PEERS: '3',
      DAEMON_RESTART_ON_FAILURE: 'true',
    });
    await wemixvisor.run(...start());
    const { env } = given(wemixvisor);
    expect(env).toMatchObject({
      LANG: 'C.UTF-8',
      GOMEMLIMIT: '4GiB',
      'odd.name': 'kept',
      WEMIX_HOME: wemixvisor.home,
      WEMIX_NETWORK: 'mainnet',
    });
    expect(Object.keys(env).filter((name) => /^(WEMIXVISOR|DAEMON)_/.test(name))).toEqual([]);
    expect(Object.keys(env).sort()).toEqual(
      [
        ...['GOMEMLIMIT', 'HOME', 'LANG', 'PATH', 'WEMIX_HOME', 'WEMIX_NETWORK'],
        ...['XDG_CACHE_HOME', 'odd.name'],
      ].sort(),
    );
  });

  it("is added to by --env and [node.env], byte for byte, and they win over the operator's", async () => {
    await using wemixvisor = await installation({ LANG: 'C' });
    const odd = `a=b "c" $HOME 'd'\n\té`;
    await wemixvisor.run(...start('--env', `ODD=${odd}`, '--env', 'LANG=C.UTF-8', '--env', 'E='));
    expect(given(wemixvisor).env).toMatchObject({ ODD: odd, LANG: 'C.UTF-8', E: '' });

    const file = join(wemixvisor.home, 'config.toml');
    writeFileSync(file, '[node.env]\nFROM_FILE = "1"\nLANG = "from file"\n');
    await wemixvisor.run(...start());
    expect(given(wemixvisor).env).toMatchObject({ FROM_FILE: '1', LANG: 'from file' });
  });

  it('starts in the folder that is asked for, else in the current one', async () => {
    await using wemixvisor = await installation();
    const folder = join(wemixvisor.home, 'my folder');
    mkdirSync(folder, { recursive: true });
    await wemixvisor.run(...start());
    expect(given(wemixvisor).cwd).toBe(realpathSync(join(wemixvisor.home, '..')));
    await wemixvisor.run(...start('--workdir', folder));
    expect(given(wemixvisor).cwd).toBe(realpathSync(folder));
  });

  it('names a folder that does not exist', async () => {
    await using wemixvisor = await installation();
    const outcome = await wemixvisor.run(...start('--workdir', '/nowhere at all'));
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain('/nowhere at all');
  });

  it.each(['022', '077'])(
    "has the operator's umask %s, and its log stays private",
    async (umask) => {
      await using wemixvisor = await installation();
      const shell = ['sh', '-c', `umask ${umask}; exec "$@"`, 'sh'] as const;
      await outcomeOf(wemixvisor.spawnBy([...shell], ...start()));
      expect(given(wemixvisor).umask).toBe(Number.parseInt(umask, 8));
      expect(statSync(join(wemixvisor.home, 'logs/node.log')).mode & 0o777).toBe(0o600);
    },
  );

  it.runIf(process.platform === 'linux')(
    'holds no file open but the null device and its log, whatever the operator left open',
    async () => {
      await using wemixvisor = await installation();
      const shell = ['sh', '-c', 'exec 7</etc/passwd 8>&1; exec "$@"', 'sh'] as const;
      await outcomeOf(wemixvisor.spawnBy([...shell], ...start()));
      const { descriptors } = given(wemixvisor);
      const log = join(wemixvisor.home, 'logs/node.log');
      expect(descriptors).toMatchObject({ 0: '/dev/null', 1: log, 2: log });
      const files = Object.values(descriptors).filter((target) => target.startsWith('/'));
      expect(new Set(files)).toEqual(new Set(['/dev/null', log]));
      expect(Object.values(descriptors).join()).not.toContain('socket:');
    },
  );
});

describe('secrets', () => {
  it('are in the node and in launch.json alone: no output, state or journal has them', async () => {
    const secret = 'c0ffee42'.repeat(8);
    const other = 'decade17'.repeat(8);
    await using wemixvisor = await fakeInstallation({ FROM_OPERATOR: secret });
    const [, ...words] = wemixvisor.startWords('--env', `TOKEN=${secret}`, '--log-level', 'debug');
    const said = [
      await wemixvisor.run('start', ...words, '--nodekeyhex', secret),
      await wemixvisor.run('status'),
      await wemixvisor.run('status', '--json'),
      await wemixvisor.run('start', ...words, '--nodekeyhex', other),
      await wemixvisor.run('restart'),
      await wemixvisor.run('stop'),
      await wemixvisor.run('status'),
    ];
    expect(said.map(({ code }) => code)).toEqual([0, 0, 0, 1, 0, 0, 3]);
    for (const { stdout, stderr } of said) {
      expect(stdout + stderr).not.toContain(secret);
      expect(stdout + stderr).not.toContain(other);
    }

    const holders = ['run', 'logs', 'crashes']
      .flatMap((folder) =>
        readdirSync(join(wemixvisor.home, folder)).map((name) => join(folder, name)),
      )
      .filter((file) => statSync(join(wemixvisor.home, file)).isFile())
      .filter((file) => readFileSync(join(wemixvisor.home, file), 'latin1').includes(secret));
    expect(holders).toEqual(['run/launch.json']);
    expect(statSync(join(wemixvisor.home, 'run/launch.json')).mode & 0o777).toBe(0o600);
  });
});
describe('compiled code', () => {
  it('is taken by the next run of a command that sets flags of V8', async () => {
    await using folder = await temporaryDirectory('wv-compiled-');
    await using wemixvisor = await installation({ XDG_CACHE_HOME: folder.path });
    const kept = join(folder.path, 'wemixvisor/logs');
    const inode = async () => {
      await wemixvisor.run('logs');
      return statSync(kept).ino;
    };
    // What V8 does not take is written anew.
    expect(await inode()).toBe(await inode());
  });
});
