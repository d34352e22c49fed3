import { deepStrictEqual, match, ok, strictEqual } from 'node:assert/strict';
import { waitFor } from '@wemixvisor/testkit';
import { isWatched, type Status } from '../harness/installation.ts';
import { installed, type Machine, type Ran } from './machine.ts';

/** The user of the service, and its folders. */
const [user, home, data] = ['node', '/var/lib/node/.wemixvisor', '/srv/deep/data'] as const;
const unit = '/etc/systemd/system/wemixvisor.service';
/** The limits of systemd, shorter than what the node takes: only what it is told keeps it from a kill. */
const limits = { start: 4, stop: 4, watchdog: 6 };
const nodeTakes = { startMs: 7_000, stopMs: 8_000 };

/** One part of the story, told by what it gives. */
export type Step = readonly [title: string, play: (machine: Machine) => Promise<string>];

async function must(ran: Promise<Ran>, code = 0): Promise<string> {
  const { stdout, stderr, ...got } = await ran;
  strictEqual(got.code, code, `${stdout}${stderr}`);
  return `${stdout}${stderr}`;
}

const systemctl = (machine: Machine, ...words: string[]) => machine.run('systemctl', ...words);
const shown = async (machine: Machine, property: string) =>
  (
    await must(systemctl(machine, 'show', `--property=${property}`, '--value', 'wemixvisor'))
  ).trim();

/** Runs the program as the user of the service. */
const asUser = (machine: Machine, ...words: string[]) =>
  machine.run(
    'setpriv',
    '--reuid',
    user,
    '--regid',
    user,
    '--init-groups',
    'env',
    `HOME=/var/lib/${user}`,
    installed.program,
    ...words,
  );

async function status(machine: Machine): Promise<Status> {
  return JSON.parse((await asUser(machine, 'status', '--json')).stdout) as Status;
}

const isRunning = async (machine: Machine) => (await status(machine)).state === 'running';
const service = (machine: Machine, ...words: string[]) =>
  machine.run(installed.program, 'service', 'systemd', ...words);
const install = (machine: Machine, ...words: string[]) =>
  service(machine, '--install', '--user', user, ...words);

const options = [
  ...['--binary', installed.node, '--workdir', '/', '--health-check-interval', '1s'],
  ...[
    '--env',
    `FAKE_GETH_START_MS=${nodeTakes.startMs}`,
    '--env',
    `FAKE_GETH_STOP_MS=${nodeTakes.stopMs}`,
  ],
];
const node = ['--', '--datadir', data, '--http'];

async function timed<T>(work: () => Promise<T>): Promise<readonly [result: T, seconds: number]> {
  const begun = performance.now();
  const result = await work();
  return [result, (performance.now() - begun) / 1_000];
}

/** That the node is supervised by the service, as it was, by a new supervisor. */
async function adopted(machine: Machine, before: Status): Promise<Status> {
  const isTaken = async () => {
    const now = await status(machine);
    return isWatched(now) && now.supervisor_pid !== before.supervisor_pid ? now : null;
  };
  const now = await waitFor(isTaken, { what: 'another supervisor', timeoutMs: 30_000 });
  deepStrictEqual([now.pid, now.adopted], [before.pid, true]);
  await waitFor(async () => (await shown(machine, 'ActiveState')) === 'active', {
    timeoutMs: 30_000,
  });
  strictEqual(await shown(machine, 'MainPID'), `${now.supervisor_pid}`);
  return now;
}

/** That the last end of the node was a clean stop. */
async function endedCleanly(machine: Machine): Promise<void> {
  const { last_exit: exit } = await status(machine);
  deepStrictEqual([exit?.code, exit?.cause, exit?.forced], [0, 'asked', false]);
}

/** The life of a service, in the order in which it is played on one machine. */
export const steps: readonly Step[] = [
  [
    'installation refuses a user that is not there',
    async (machine) => {
      match(await must(install(machine, ...options, ...node), 64), /no user "node" here.*useradd/);
      ok(!machine.has(unit));
      await must(
        machine.run(
          'useradd',
          '--system',
          '--user-group',
          '--create-home',
          '--home-dir',
          `/var/lib/${user}`,
          user,
        ),
      );
      return 'and says how to make it';
    },
  ],
  [
    'installation starts the node, however long that takes',
    async (machine) => {
      const lines = Object.entries({
        TimeoutStartSec: limits.start,
        TimeoutStopSec: limits.stop,
        WatchdogSec: limits.watchdog,
        RestartSec: 1,
      });
      machine.write(
        `${unit}.d/limits.conf`,
        `[Service]\n${lines.map(([key, value]) => `${key}=${value}\n`).join('')}`,
      );
      const [said, seconds] = await timed(() => must(install(machine, ...options, ...node)));
      match(
        said,
        /installed: .*wemixvisor\.service, started with the machine\nthe service says: running/,
      );
      ok(seconds > limits.start, 'the node was slower than the limit');
      deepStrictEqual(await shown(machine, 'ActiveState'), 'active');
      return `ready after ${seconds.toFixed(1)} s, limit of the unit ${limits.start} s`;
    },
  ],
  [
    'the status line follows the health, and the node knows nothing of systemd',
    async (machine) => {
      const line = await waitFor(
        async () => {
          const text = await shown(machine, 'StatusText');
          return /^running, healthy \(synced\); head \d+, 3 peers at .* UTC$/.test(text)
            ? text
            : null;
        },
        { what: 'a healthy status line', timeoutMs: 90_000 },
      );
      const { pid, supervisor_pid: main } = await status(machine);
      strictEqual(await shown(machine, 'MainPID'), `${main}`);
      const environment = await must(machine.run('cat', `/proc/${pid}/environ`));
      match(environment, /HOME=\/var\/lib\/node\0/);
      ok(!/NOTIFY_SOCKET|WATCHDOG_/.test(environment));
      return line;
    },
  ],
  [
    'the unit keeps the node from the rest of the machine',
    async (machine) => {
      const [, exposure = ''] =
        /exposure level for .*: ([\d.]+)/.exec(await must(systemdAnalyze(machine, 'security'))) ??
        [];
      ok(Number(exposure) < 4, exposure);
      strictEqual(await must(systemdAnalyze(machine, 'verify')), '');
      return `systemd-analyze security: ${exposure}`;
    },
  ],
  [
    'a reload is told where it fails',
    async (machine) => {
      await must(systemctl(machine, 'reload', 'wemixvisor'));
      machine.write(`${home}/config.toml`, 'nonsense\n');
      await must(systemctl(machine, 'reload', 'wemixvisor'), 1);
      machine.write(`${home}/config.toml`, '');
      await must(systemctl(machine, 'reload', 'wemixvisor'));
      strictEqual(await shown(machine, 'ActiveState'), 'active');
      return 'a wrong file fails the reload and changes nothing';
    },
  ],
  [
    'kill -9 of the supervisor leaves the node, which is adopted',
    async (machine) => {
      const before = await status(machine);
      const [after, seconds] = await timed(async () => {
        await must(machine.run('kill', '-9', `${before.supervisor_pid}`));
        return adopted(machine, before);
      });
      return `pid ${after.pid} as before, after ${seconds.toFixed(1)} s`;
    },
  ],
  [
    'a hung supervisor is ended by the watchdog, and the node adopted',
    async (machine) => {
      const before = await status(machine);
      const [, seconds] = await timed(async () => {
        await must(machine.run('kill', '-STOP', `${before.supervisor_pid}`));
        return adopted(machine, before);
      });
      return `after ${seconds.toFixed(1)} s, watchdog of ${limits.watchdog} s`;
    },
  ],
  [
    'a detached node is adopted by the next start of the service',
    async (machine) => {
      const before = await status(machine);
      await must(asUser(machine, 'detach'));
      await waitFor(async () => (await shown(machine, 'ActiveState')) === 'inactive');
      match(await shown(machine, 'StatusText'), /^detached: the node \(pid \d+\) runs on/);
      await must(systemctl(machine, 'start', 'wemixvisor'));
      await adopted(machine, before);
      return 'the same process';
    },
  ],
  [
    'a stop gives the node its time, past the limit of the unit',
    async (machine) => {
      const [, seconds] = await timed(() => must(systemctl(machine, 'stop', 'wemixvisor')));
      ok(seconds > limits.stop, 'the node was slower than the limit');
      deepStrictEqual(
        [await shown(machine, 'ActiveState'), await shown(machine, 'Result')],
        ['inactive', 'success'],
      );
      await endedCleanly(machine);
      return `clean after ${seconds.toFixed(1)} s, limit of the unit ${limits.stop} s`;
    },
  ],
  [
    'a reboot stops the node cleanly and starts it again',
    async (machine) => {
      await must(systemctl(machine, 'start', 'wemixvisor'));
      const { generation } = await status(machine);
      const [, seconds] = await timed(() => machine.reboot());
      const isStarted = async () =>
        (await isRunning(machine)) && (await shown(machine, 'ActiveState')) === 'active';
      await waitFor(isStarted, { what: 'the service', timeoutMs: 60_000 });
      strictEqual((await status(machine)).generation, generation + 1);
      await endedCleanly(machine);
      return `the machine was up after ${seconds.toFixed(1)} s`;
    },
  ],
  [
    'an edited unit is not replaced, another home gets no unit of that name',
    async (machine) => {
      const text = await must(machine.run('cat', unit));
      machine.write(unit, `${text}# mine\n`);
      match(await must(install(machine, ...options, ...node), 64), /was edited since/);
      match(await must(service(machine, '--uninstall'), 64), /was edited since/);
      machine.write(unit, text);
      match(
        await must(install(machine, '--home', '/srv/other', ...options, ...node), 64),
        /--name NAME/,
      );
      match(await must(install(machine, ...options, ...node)), /^as it was: /);
      return 'and a second installation changes nothing';
    },
  ],
  [
    'the removal stops the node and leaves its home',
    async (machine) => {
      match(await must(service(machine, '--uninstall')), /removed: /);
      ok(!machine.has(unit));
      ok(machine.has(`${home}/run/state.json`));
      await endedCleanly(machine);
      strictEqual(await shown(machine, 'LoadState'), 'not-found');
      match(await must(service(machine, '--uninstall')), /there is no /);
      return 'and a second one says that there is none';
    },
  ],
  [
    'installation adopts a node that was started by hand',
    async (machine) => {
      await must(asUser(machine, 'start', '--wait-timeout', '30s', ...options, ...node));
      const before = await status(machine);
      match(
        await must(install(machine, ...options, ...node, '--port', '1'), 64),
        /but the arguments are/,
      );
      match(
        await must(install(machine, '--last-start')),
        new RegExp(`pid ${before.pid}\\) was adopted as it is`),
      );
      await adopted(machine, before);
      await must(service(machine, '--uninstall'));
      return `pid ${before.pid} as before`;
    },
  ],
];

/** `verify` and `security` of the installed unit. */
const systemdAnalyze = (machine: Machine, verb: 'verify' | 'security') =>
  machine.run(
    'systemd-analyze',
    verb,
    '--no-pager',
    ...(verb === 'verify' ? ['--man=no'] : []),
    'wemixvisor.service',
  );
