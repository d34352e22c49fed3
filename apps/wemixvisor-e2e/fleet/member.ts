import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { freePort } from '@wemixvisor/testkit';
import { headOf } from '../harness/clients.ts';
import { fakeInstallation, type FakeInstallation } from '../harness/fake-installation.ts';
import { isAlive } from '../harness/processes.ts';
import { isWell } from '../harness/until.ts';

/** What a home's metrics must say, as the node itself shows it. */
interface OwnFigures {
  readonly up: 0 | 1;
  readonly state: string;
  readonly head: number;
  /** Starts of the node that its log tells of, since the supervisor began. */
  readonly starts: number;
  /** How often this run killed the node since then. */
  readonly crashes: number;
  /** Bytes that the node wrote since then, rotated files included. */
  readonly logBytes: number;
}

/** One home of the fleet. */
export interface Member {
  readonly wemixvisor: FakeInstallation;
  /** Where its supervisor is scraped. */
  readonly address: string;
  /** Starts the node, and the supervisor with it, and waits until it is well. */
  start(): Promise<void>;
  /** Kills the node once more. */
  crash(): Promise<void>;
  own(): Promise<OwnFigures>;
}

/** Makes a home whose node has a head of its own; nothing runs yet. */
export async function fleetMember(at: number, scale: number): Promise<Member> {
  const wemixvisor = await fakeInstallation({
    FAKE_GETH_HEAD: `${(at + 1) * 1_000}`,
    FAKE_GETH_BLOCK_MS: '2000',
  });
  const address = `127.0.0.1:${await freePort()}`;
  const words = wemixvisor.startWords(
    ...['--metrics-addr', address, '--health-restart', 'off', '--log-max-size', '64KiB'],
    ...['--health-check-interval', `${30_000 * scale}ms`],
  );
  let before = { starts: 0, bytes: 0 };
  let crashes = 0;
  let supervisor = 0;
  return {
    wemixvisor,
    address,
    async start() {
      const now = logFigures(wemixvisor.home);
      const { code, stderr } = await wemixvisor.run(...words);
      if (code !== 0) throw new Error(stderr);
      const { supervisor_pid: pid } = await wemixvisor.until(isWell, 'a node that is well');
      if (pid === supervisor) return;
      // It counts from its own beginning.
      supervisor = pid;
      before = now;
      crashes = 0;
    },
    async crash() {
      const { pid } = await wemixvisor.status();
      process.kill(pid, 'SIGKILL');
      crashes += 1;
      await wemixvisor.until((now) => isWell(now) && now.pid !== pid, 'the node after its crash');
    },
    async own() {
      const { state, pid } = await wemixvisor.status();
      const after = logFigures(wemixvisor.home);
      return {
        up: isAlive(pid) ? 1 : 0,
        state,
        head: await headOf(wemixvisor.client.rpcUrl),
        starts: after.starts - before.starts,
        crashes,
        logBytes: after.bytes - before.bytes,
      };
    },
  };
}

/** What the log of a home holds, rotated files included. */
function logFigures(home: string): { readonly starts: number; readonly bytes: number } {
  const folder = join(home, 'logs');
  const texts = namesIn(folder).flatMap((name) => {
    if (name === 'node.log') return [readFileSync(join(folder, name))];
    return /^node-.*\.log\.gz$/.test(name) ? [gunzipSync(readFileSync(join(folder, name)))] : [];
  });
  return {
    starts: texts.reduce(
      (sum, text) => sum + text.toString().split('Starting Geth on').length - 1,
      0,
    ),
    bytes: texts.reduce((sum, text) => sum + text.length, 0),
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // before the first start
  }
}
