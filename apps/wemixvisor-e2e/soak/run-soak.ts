import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { askSupervisor } from '../harness/ask-supervisor.ts';
import { fakeInstallation, type FakeInstallation } from '../harness/fake-installation.ts';
import type { Status } from '../harness/installation.ts';
import { killed } from '../harness/processes.ts';
import { silentReceiver } from '../harness/silent-receiver.ts';
import { describeReading, growth, readSupervisor, type Reading } from './reading.ts';

/** Where the command reads from and writes to. */
export interface SoakContext {
  readonly args: readonly string[];
  readonly say: (line: string) => void;
}

/** One installation under strain. */
interface Soaked {
  /** Changes what the node does. */
  readonly node: (change: Readonly<Record<string, unknown>>) => void;
  readonly ask: (method: 'GET' | 'POST', path: string) => Promise<unknown>;
}

/** Everything that strains the supervisor, and how often in milliseconds. */
const strains: Readonly<
  Record<string, readonly [everyMs: number, strain: (at: Soaked) => unknown]>
> = {
  'status asked for': [100, ({ ask }) => ask('GET', '/v1/status')],
  'health asked for': [700, ({ ask }) => ask('GET', '/v1/health')],
  'alerts asked for': [1_500, ({ ask }) => ask('GET', '/v1/alerts')],
  'flood of the log': [500, ({ node }) => node({ say: 'a line of the flood\n'.repeat(3_000) })],
  'rotation asked for': [5_000, ({ ask }) => ask('POST', '/v1/logs/rotate')],
  'applied the settings': [11_000, ({ ask }) => ask('POST', '/v1/reload')],
  'crash of the node': [
    13_000,
    async ({ ask }) =>
      killed((await (ask('GET', '/v1/status') as Promise<Status | undefined>))?.pid),
  ],
  'restart asked for': [41_000, ({ ask }) => ask('POST', '/v1/restart')],
  'node that does not answer': [
    60_000,
    async ({ node }) => {
      node({ rpc: 'hang' });
      await sleep(7_000);
      node({ rpc: 'on' });
    },
  ],
  'alert to a silent receiver': [17_000, ({ ask }) => ask('POST', '/v1/alerts/test')],
};

const configuration = (webhook: string) => `
[restart]
delay = "100ms"
max = 1000
[health]
interval = "500ms"
timeout = "400ms"
failure_threshold = 3
max_restarts = 100000
restart_cooldown = "1s"
[log]
max_size = "256KiB"
[alerts]
webhook_url = "${webhook}"
exec = ["/bin/sleep", "60"]
exec_timeout = "2s"
`;

/**
 * Strains one supervisor for `--minutes M` (60) by crashes, floods, rotations, a node that does not answer, requests and
 * alerts whose receivers hang, and looks whether its descriptors, threads, memory and files stay as they are. Linux only.
 * Returns the exit code.
 */
export async function runSoak({ args, say }: SoakContext): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: 'string', default: '60' } },
  });
  const milliseconds = Number(values.minutes) * 60_000;
  if (!(milliseconds >= 60_000)) throw new Error('--minutes: name one minute at least');
  using receiver = await silentReceiver();
  await using wemixvisor = await fakeInstallation();
  const { home } = wemixvisor;
  mkdirSync(home, { recursive: true, mode: 0o700 });
  writeFileSync(join(home, 'config.toml'), configuration(receiver.url), { mode: 0o600 });
  const started = await wemixvisor.run(...wemixvisor.startWords());
  if (started.code !== 0) throw new Error(started.stderr);
  const { supervisor_pid: supervisor } = await wemixvisor.status();

  const end = performance.now() + milliseconds;
  const done = strain(soaked(wemixvisor), end);
  const readings: Reading[] = [];
  const everyMs = milliseconds / 240;
  while (performance.now() < end) {
    await sleep(everyMs);
    readings.push(readSupervisor(supervisor, home));
    if (readings.length % 24 === 0) say(describeReading(readings.at(-1) as Reading));
  }
  const counts = await done;
  const after = await wemixvisor.until(({ state }) => state === 'running', 'the node to run again');
  const problems = [
    ...growth(readings),
    ...(after.supervisor_pid === supervisor ? [] : ['the supervisor is another one']),
  ];
  for (const [what, count] of Object.entries(counts)) say(`  ${what}: ${count}`);
  say(`  restarts: ${JSON.stringify(after.restarts)}`);
  for (const problem of problems) say(`FAILED: ${problem}`);
  say(`${values.minutes} minutes, ${problems.length} failed`);
  return problems.length === 0 ? 0 : 1;
}

function soaked(wemixvisor: FakeInstallation): Soaked {
  let behaviour: Readonly<Record<string, unknown>> = {};
  let number = 0;
  return {
    node({ say, ...change }) {
      behaviour = { ...behaviour, ...change };
      number += 1;
      wemixvisor.script({ ...behaviour, number, ...(say === undefined ? {} : { say }) });
    },
    ask: (method, path) =>
      askSupervisor(wemixvisor.home, method, path, method === 'POST' ? {} : undefined),
  };
}

/** Does everything again and again until the end; how often each was done. */
async function strain(at: Soaked, end: number): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  await Promise.all(
    Object.entries(strains).map(async ([what, [everyMs, act]]) => {
      counts[what] = 0;
      while (performance.now() + everyMs < end) {
        await sleep(everyMs);
        await act(at);
        counts[what] += 1;
      }
    }),
  );
  return counts;
}
