import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { chmodSync, chownSync, copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { anvil, gethDev, onPath } from '../harness/clients.ts';
import { home, runContainer as run, user, type Container } from './container.ts';
import { buildImage, obstacle, type Image } from './image.ts';
import type { Status } from '../harness/installation.ts';

/** Where the command reads from and writes to. */
export interface ContainerContext {
  readonly args: readonly string[];
  readonly say: (line: string) => void;
}

const graceSeconds = 30;

async function statusOf(container: Container): Promise<Status> {
  return JSON.parse((await container.exec('wemixvisor', 'status', '--json')).stdout) as Status;
}

/** Waits until the node is healthy and the image's health check agrees; a container that ends before that rejects with what it said. */
async function isHealthy(container: Container, { healthCheck }: Image): Promise<void> {
  const isWell = async () =>
    (await statusOf(container).catch(() => null))?.health?.status === 'healthy' &&
    (await container.exec(...healthCheck)).code === 0;
  const ended = container.ended.then(({ code, stderr }) => {
    throw new Error(`the container ended with code ${code}: ${stderr}`);
  });
  await Promise.race([ended, waitFor(isWell, { what: 'a healthy node', timeoutMs: 60_000 })]);
  ended.catch(() => {}); // it ends later, as it is asked to
}

/** The zombies of a container, read from /proc, for the image has no ps. */
async function zombies(container: Container): Promise<string> {
  return (await container.exec('sh', '-c', 'cat /proc/[0-9]*/stat 2> /dev/null')).stdout
    .split('\n')
    .filter((line) => / Z \d+ /.test(line))
    .join('\n');
}

async function stopped(container: Container): Promise<string> {
  const begun = performance.now();
  container.terminate();
  const { code, stdout } = await container.ended;
  const seconds = (performance.now() - begun) / 1_000;
  strictEqual(code, 0, stdout);
  ok(seconds < graceSeconds, `${seconds} s`);
  return `code 0 after ${seconds.toFixed(1)} s, grace period ${graceSeconds} s`;
}

async function play(image: Image, folder: string, say: (line: string) => void): Promise<void> {
  const volumes = { [home]: join(folder, 'home'), '/data': join(folder, 'data') };
  for (const volume of Object.values(volumes)) {
    mkdirSync(volume);
    chownSync(volume, user, user);
    chmodSync(volume, 0o700);
  }
  const geth = onPath('geth');
  const node = geth === undefined ? await anvil() : await gethDev(geth, '/data');
  copyFileSync(node.binary, join(image.root, 'usr/local/bin/geth'));
  const start = ['start', '--foreground', '--binary=geth', `--stop-timeout=${graceSeconds}s`];
  const own = ['--health-check-interval=1s', `--rpc-url=${node.rpcUrl}`];
  const begin = (...more: readonly string[]) => {
    const command = [...start, ...own, ...more, '--', ...node.args];
    return run({ root: image.root, volumes, command });
  };
  {
    await using container = begin();
    await isHealthy(container, image);
    const { version, pid } = await statusOf(container);
    say(`ok: health turns healthy: ${version}, pid ${pid} in a read-only root without a /tmp`);
    strictEqual((await container.exec('cat', '/proc/1/comm')).stdout, 'sh\n');
    strictEqual((await container.exec('id', '-u')).stdout, `${user}\n`);
    await container.exec('sh', '-c', 'sleep 0.2 & exit');
    await container.exec('sleep', '0.5');
    strictEqual(await zombies(container), '');
    say('ok: PID 1 reaps: no zombie after an orphan has ended');
    say(`ok: SIGTERM stops cleanly: ${await stopped(container)}`);
  }
  {
    await using container = begin('--no-auto-restart');
    await isHealthy(container, image);
    const { generation, last_exit: exit, pid } = await statusOf(container);
    deepStrictEqual([generation, exit?.cause, exit?.forced], [2, 'asked', false]);
    const log = (await container.exec('wemixvisor', 'logs', '-n', 'all')).stdout;
    const starts = log.split(geth === undefined ? 'Listening on' : 'Starting peer-to-peer').length;
    strictEqual(starts, 3, log.slice(-2_000));
    say('ok: a volume survives: another container has the state and the log of the first one');
    await container.exec('sh', '-c', `kill -9 ${pid}`);
    strictEqual((await container.ended).code, 137);
    say('ok: the exit code passes: 137 of a node that was killed');
  }
  {
    await using container = begin('--no-auto-restart', '--stay');
    await isHealthy(container, image);
    const { pid } = await statusOf(container);
    await container.exec('sh', '-c', `kill -9 ${pid}`);
    await waitFor(async () => (await statusOf(container)).state === 'error');
    strictEqual((await container.exec(...image.healthCheck)).code, 1);
    say(`ok: with --stay it is there, and unhealthy: ${await stopped(container)}`);
  }
}

/**
 * Builds the image on the root folder of a Debian, that the first argument names, and plays a life of it with a dev chain, by systemd-nspawn in
 * the place of an engine. Where that cannot be done it says so. Returns the exit code.
 */
export async function runContainer({ args: [root], say }: ContainerContext): Promise<number> {
  const missing = obstacle(root);
  if (root === undefined || missing !== null) {
    say(`skipped, as it ${missing ?? 'has no root folder'}`);
    return 0;
  }
  const begun = performance.now();
  const after = () => `${Math.round((performance.now() - begun) / 1_000)} s`;
  await using image = await buildImage(root);
  say(`the image, built after ${after()}`);
  await using folder = await temporaryDirectory('wv-container-');
  // Its user must reach the volumes.
  chmodSync(folder.path, 0o711);
  try {
    await play(image, folder.path, say);
  } catch (error) {
    say(`FAILED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return 1;
  }
  say(`done after ${after()}`);
  return 0;
}
