import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { missingPrograms, startPrometheus } from '@wemixvisor/testkit';
import { misfired, untrue } from './judge.ts';
import { cpuPercent, loadOf, memoryOf, spread, type Load } from './load.ts';
import { fleetMember, type Member } from './member.ts';

/** Where the command reads from and writes to. */
export interface FleetContext {
  readonly args: readonly string[];
  readonly say: (line: string) => void;
}

/** What each supervisor may take while it is scraped every 15 s. */
const limits = { pssMb: 65, cpuPercent: 0.3 };

const shippedRules = new URL('../../../docs/operations/alert-rules.yml', import.meta.url);

/** Something that befalls a node for six minutes, and the alerts that it must raise. */
interface Fault {
  readonly strike: (member: Member) => unknown;
  readonly heal: (member: Member) => unknown;
  readonly alerts: readonly string[];
  /** Those of them that look back for longer than the run: they are not resolved at its end. */
  readonly lasting?: readonly string[];
}

const wrongGenesis =
  'Failed to register the Ethereum service: database contains incompatible genesis (have fa8cfb85, new 98c47536)';

/** One for each of the first homes; the others are left alone. */
const faults: readonly Fault[] = [
  {
    // Its supervisor may not restart it for its health, which it says.
    strike({ wemixvisor }) {
      wemixvisor.script({ rpc: 'hang' });
    },
    heal({ wemixvisor }) {
      wemixvisor.script({ rpc: 'on' });
    },
    alerts: ['NodeUnhealthy', 'NodeRestartRefused'],
    lasting: ['NodeRestartRefused'],
  },
  {
    // The supervisor ends with its node.
    strike: ({ wemixvisor }) => wemixvisor.run('stop'),
    heal: (member) => member.start(),
    alerts: ['WemixvisorGone'],
  },
  {
    strike: async ({ wemixvisor }) => {
      wemixvisor.script({ fatal: wrongGenesis });
      await wemixvisor.until(({ state }) => state === 'error', 'a node that is not started again');
      wemixvisor.script({});
    },
    heal: (member) => member.start(),
    alerts: ['NodeDown', 'NodeInError'],
  },
  {
    strike: (member) => member.crash(),
    heal: (member) => member.crash(),
    alerts: [],
  },
];

/**
 * Runs `--homes N` (20) homes with stand-ins for geth for `--minutes M` (10), scraped by a real Prometheus with the rules of the docs, and
 * compares its figures with the nodes' own, its alerts with what befell the nodes, and what the supervisors take with their limits. In less
 * than ten minutes all times are as much shorter, and nobody's load is judged. Linux only. Returns the exit code.
 */
export async function runFleet({ args, say }: FleetContext): Promise<number> {
  const options = { homes: { type: 'string' }, minutes: { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const { homes, minutes } = {
    homes: Number(values.homes ?? 20),
    minutes: Number(values.minutes ?? 10),
  };
  if (!(homes >= 1 && minutes >= 1)) throw new Error('--homes and --minutes: name one at least');
  if (missingPrograms('prometheus').length > 0) {
    say('skipped: there is no prometheus; install it, as by: apt-get install prometheus');
    return 0;
  }
  const members: Member[] = [];
  try {
    const scale = Math.min(1, minutes / 10);
    for (let at = 0; at < homes; at += 1) {
      const member = await fleetMember(at, scale);
      members.push(member);
      await member.start();
    }
    const problems = await observed(members, { minutes, scale, say });
    for (const problem of problems) say(`FAILED: ${problem}`);
    say(`${homes} homes, ${minutes} minutes, ${problems.length} failed`);
    return problems.length === 0 ? 0 : 1;
  } finally {
    await Promise.all(members.map(({ wemixvisor }) => wemixvisor[Symbol.asyncDispose]()));
  }
}

interface Run extends Pick<FleetContext, 'say'> {
  readonly minutes: number;
  /** By how much all times are shorter. */
  readonly scale: number;
}

/** Scrapes homes that run while their nodes are struck; the result is what was wrong. */
async function observed(
  members: readonly Member[],
  { minutes, scale, say }: Run,
): Promise<readonly string[]> {
  const targets = members.map(({ address }) => address);
  const everyMs = 15_000 * scale;
  await using prometheus = await startPrometheus({ targets, everyMs, rules: rules(scale) });
  say(`${members.length} homes run, scraped every ${everyMs / 1_000} s`);
  const { before, supervisors } = await throughTheDay(members, minutes * 60_000);
  const loads = measured(supervisors, before);
  if (loads.length > 0) {
    say(`PSS of a supervisor, MB: ${spread(loads.map(({ pss }) => pss))}`);
    say(`RSS of a supervisor, MB: ${spread(loads.map(({ rss }) => rss))}`);
    say(`CPU of a supervisor, %: ${spread(loads.map(({ cpu }) => cpu))}`);
  }
  const due = members.flatMap(({ address }, at) =>
    (faults[at]?.alerts ?? []).map((name) => {
      const isLasting = faults[at]?.lasting?.includes(name) === true;
      return { name, address, isLasting };
    }),
  );
  return [
    ...(await untrue(members, prometheus)),
    ...(await misfired(due, prometheus)),
    ...(scale === 1 ? tooMuch(loads) : []),
  ];
}

/** The rules of the docs, with each `for` as much shorter as the run. */
function rules(scale: number): string {
  return readFileSync(shippedRules, 'utf8').replace(
    /^( +for: )(\d+)([mh])$/gm,
    (_, before: string, count: string, unit: string) =>
      `${before}${Number(count) * scale * (unit === 'm' ? 60_000 : 3_600_000)}ms`,
  );
}

/** Strikes at a tenth of the time, heals at seven tenths, and lets the heads stand from 85 % on, so that all can be compared at the end. */
async function throughTheDay(members: readonly Member[], milliseconds: number) {
  const begun = performance.now();
  const until = (share: number) => sleep(begun + share * milliseconds - performance.now());
  await until(0.1);
  await Promise.all(faults.map(({ strike }, at) => befall(strike, members[at])));
  // Those whose supervisor is replaced on the way are no measure.
  const calm = members.filter((_, at) => faults[at] === undefined);
  const reports = await Promise.all(calm.map(({ wemixvisor }) => wemixvisor.status()));
  const supervisors = reports.map(({ supervisor_pid: pid }) => pid);
  const before = supervisors.map((pid) => loadOf(pid));
  await until(0.7);
  await Promise.all(faults.map(({ heal }, at) => befall(heal, members[at])));
  await until(0.85);
  for (const { wemixvisor } of members) wemixvisor.script({ rpc: 'on', blockMs: 0 });
  await until(1);
  return { before, supervisors };
}

async function befall(fault: Fault['strike'], member: Member | undefined): Promise<void> {
  if (member !== undefined) await fault(member);
}

interface Measured {
  readonly pss: number;
  readonly rss: number;
  readonly cpu: number;
}

function measured(supervisors: readonly number[], before: readonly Load[]): readonly Measured[] {
  return supervisors.map((pid, at) => ({
    ...memoryOf(pid),
    cpu: cpuPercent(before[at] as Load, loadOf(pid)),
  }));
}

function tooMuch(loads: readonly Measured[]): readonly string[] {
  return loads.flatMap(({ pss, cpu }) => [
    ...(pss > limits.pssMb
      ? [`${pss.toFixed(1)} MB of a supervisor, ${limits.pssMb} at most`]
      : []),
    ...(cpu > limits.cpuPercent
      ? [`${cpu.toFixed(2)} % of a core, ${limits.cpuPercent} at most`]
      : []),
  ]);
}
