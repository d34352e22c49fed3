/* How long commands take: next to an empty Node, and until the node is there. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, median, round } from './logs-data.mjs';
import { node, standIn, start, until, wemixvisor, withNode } from './supervised-node.mjs';

/** `status` and `version` next to an empty Node, in turns: the medians of the ratios. */
export const commandTimes = (rounds) =>
  withNode((home) => {
    const commands = {
      empty: () => node('-e', '0'),
      status: () => wemixvisor(home, 'status'),
      version: () => wemixvisor(home, 'version'),
    };
    const times = { empty: [], status: [], version: [] };
    for (let at = -1; at < rounds; at += 1) {
      for (const [name, run] of Object.entries(commands)) {
        const ms = run();
        if (at >= 0) times[name].push(ms); // The first round warms the machine.
      }
    }
    const result = (name) => ({
      what: `\`${name}\`, next to \`node -e 0\``,
      value: round(median(times[name].map((ms, at) => ms / times.empty[at])), 2),
      unit: '×',
      note: `${round(median(times[name]))} ms next to ${round(median(times.empty))} ms, ${rounds} pairs`,
    });
    return [{ ...result('status'), goal: 2 }, result('version')];
  });

/**
 * From the spawn of `start` to the first command of the node, and until `start` says that a node is ready; also as so
 * many times an empty Node, since two of these are the larger part and take half as long, or twice, on another machine.
 */
export const startTimes = (rounds) =>
  inFolder(async (home) => {
    const empty = await repeated(rounds, () => node('-e', '0'));
    const toExec = await repeated(rounds, () => timeToExec(home));
    const toReady = await repeated(rounds, () => {
      const ms = start(home, ...standIn(home));
      wemixvisor(home, 'stop');
      return ms;
    });
    return [
      { what: "`start` → the node's exec", value: toExec, unit: 'ms', goal: 250, limit: 5000 },
      { what: '`start` until the node is ready', value: toReady, unit: 'ms', limit: 5000 },
    ].map((result) => ({
      ...result,
      note: `${rounds} starts; ${round(result.value / empty)} × \`node -e 0\` (${empty} ms)`,
    }));
  });

/** GNU date tells nanoseconds; that of macOS does not, and the figure means nothing there. */
async function timeToExec(home) {
  const program = join(home, 'clocked');
  const times = join(home, 'time');
  const script = `#!/bin/sh\ndate +%s%N >'${times}'\nexec sleep 1000\n`;
  writeFileSync(times, '');
  if (!existsSync(program)) writeFileSync(program, script, { mode: 0o700 });
  const before = performance.timeOrigin + performance.now();
  start(home, '--no-wait', '--binary', program, '--');
  const time = await until('the node', () => {
    const said = readFileSync(times, 'utf8');
    return said.endsWith('\n') ? Number.parseInt(said) / 1e6 : undefined;
  });
  wemixvisor(home, 'stop');
  return time - before;
}

/** The median, without the first: what the node's program is, is found out once. */
async function repeated(rounds, measure) {
  const values = [];
  for (let at = 0; at <= rounds; at += 1) values.push(await measure());
  return round(median(values.slice(1)), 0);
}
