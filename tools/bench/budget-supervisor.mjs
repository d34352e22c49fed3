/* What the supervisor takes of the machine while nothing happens, and how soon it sees that the node has died. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inFolder, median, program, round } from './logs-data.mjs';
import {
  journalled,
  standIn,
  start,
  timed,
  until,
  untilStatus,
  wemixvisor,
  withNode,
} from './supervised-node.mjs';

/**
 * Memory and processor time of a supervisor at rest, with checks every 30 seconds over HTTP, and of another one at the same time whose metrics
 * are scraped every 15 seconds; Linux only. Each runs on a copy of Node: its share of the pages of a Node that others run as well would be
 * too little.
 */
export async function idleCost(times) {
  const costs = await Promise.all([
    restingCost('supervisor idle', { memory: 60, cpu: 0.2 }, times),
    restingCost('supervisor scraped', { memory: 65, cpu: 0.3 }, { ...times, scrapeEvery: 15 }),
  ]);
  return costs.flat();
}

const restingCost = (what, goals, { settleSeconds, seconds, scrapeEvery = 0 }) =>
  inFolder(async (home) => {
    const ownNode = join(home, 'node');
    copyFileSync(process.execPath, ownNode);
    const address = `127.0.0.1:${await freePort()}`;
    const served = scrapeEvery > 0 ? ['--metrics-addr', address] : [];
    const options = ['--home', home, '--allow-root', ...served];
    timed(ownNode, program, 'start', ...options, ...standIn(home));
    const scrape = async () => (await fetch(`http://${address}/metrics`)).text();
    const scraper = scrapeEvery > 0 ? setInterval(() => void scrape(), scrapeEvery * 1000) : null;
    try {
      const { supervisor_pid: pid } = await untilStatus(home, isUp);
      await sleep(settleSeconds * 1000);
      const before = processorSeconds(pid);
      await sleep(seconds * 1000);
      const percent = ((processorSeconds(pid) - before) / seconds) * 100;
      const isOlder = Number(process.versions.node.split('.')[0]) < 24;
      const often = scrapeEvery > 0 ? `, /metrics every ${scrapeEvery} s` : '';
      return [
        {
          what: `${what}: memory (PSS)`,
          value: round(proportionalMegabytes(pid)),
          unit: 'MB',
          goal: goals.memory + (isOlder ? 0 : 15),
          limit: 100,
          note: `after ${settleSeconds + seconds} s${often}`,
        },
        {
          what: `${what}: CPU`,
          value: round(percent, 2),
          unit: '%',
          goal: goals.cpu,
          limit: 5,
          note: `${seconds} s, checks every 30 s${often}`,
        },
      ];
    } finally {
      clearInterval(scraper);
      wemixvisor(home, 'stop');
    }
  });

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

function proportionalMegabytes(pid) {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return (Number(/^Pss: +(\d+) kB/m.exec(rollup)[1]) * 1024) / 1e6;
}

/** Fields 14 and 15 of proc(5)'s stat; the name before them may hold spaces. */
function processorSeconds(pid) {
  const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** From the kill of the node until the supervisor sees it, of a child and of a node that was taken over, and until that is on the disk. */
export const crashSeen = (rounds) =>
  withNode(
    async (home) => {
      const own = [];
      const adopted = [];
      for (let at = 0; at < rounds; at += 1) {
        own.push(await killNode(home));
        const { supervisor_pid: pid } = await untilStatus(home, isUp);
        process.kill(pid, 'SIGKILL');
        await untilStatus(home, (status) => status.supervisor_pid === null);
        start(home);
        adopted.push(await killNode(home));
        // The operator's start begins the count of restarts anew, and with it their growing delay.
        wemixvisor(home, 'stop');
        start(home);
      }
      const ms = (kills, until) => round(median(kills.map((kill) => kill[until])));
      return [
        { what: 'crash seen, own child', value: ms(own, 'seen'), goal: 10 },
        { what: 'crash on the disk, own child', value: ms(own, 'written') },
        { what: 'crash seen, adopted node', value: ms(adopted, 'seen'), goal: 500 },
      ].map((result) => ({ ...result, unit: 'ms', note: `${rounds} kills` }));
    },
    ['--restart-delay', '100ms'],
  );

const isUp = ({ state, supervisor_pid: pid }) => state === 'running' && pid !== null;

async function killNode(home) {
  const { pid } = await untilStatus(home, isUp);
  const known = journalled(home, 'node-exited').length;
  const before = Date.now();
  process.kill(pid, 'SIGKILL');
  const event = await until('the record', () => journalled(home, 'node-exited')[known]);
  const since = (time) => new Date(time).getTime() - before;
  return { seen: since(event.seen_at), written: since(event.time) };
}
