import { execFileSync } from 'node:child_process';
import { readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { anvil } from '../harness/clients.ts';
import { installation } from '../harness/installation.ts';
import { isAlive, killed } from '../harness/processes.ts';
import { isWell, until } from '../harness/until.ts';

const builder = fileURLToPath(
  new URL('../../../tools/release/build-executable.mjs', import.meta.url),
);
/** On macOS it is made of the Node.js that runs this. */
const canBuild = process.platform === 'linux' || Number(process.versions.node.split('.')[0]) >= 26;

it.runIf(canBuild)('the single executable does it all where there is no Node.js', async () => {
  await using folder = await temporaryDirectory('wv-');
  const file = join(folder.path, 'wemixvisor');
  execFileSync(process.execPath, [builder, file]);
  await using wemixvisor = await installation({ PATH: folder.path }, folder.path, [file]);
  expect(await wemixvisor.run('version', '--licences')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Node.js') as string,
  });
  const { binary, args, rpcUrl } = await anvil();
  const options = ['--binary', binary, '--rpc-url', rpcUrl, '--health-check-interval', '250ms'];
  expect(await wemixvisor.run('start', ...options, '--', ...args)).toMatchObject({ code: 0 });
  const first = await until(wemixvisor, isWell, 'a healthy client');
  if (process.platform === 'linux') {
    const supervisor = readlinkSync(`/proc/${first.supervisor_pid}/exe`);
    expect(supervisor).toBe(realpathSync(file));
  }

  killed(first.supervisor_pid);
  await waitFor(() => !isAlive(first.supervisor_pid));
  expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
  const second = await until(wemixvisor, isWell, 'the client, taken up again');
  expect(second).toMatchObject({ pid: first.pid, adopted: true });

  killed(first.pid);
  await until(
    wemixvisor,
    (now) => now.pid !== first.pid && isWell(now),
    'the client, started again',
  );
  const { stdout } = await wemixvisor.run('logs', '--source', 'node');
  expect(stdout.split('Listening on').length).toBe(3);
  expect((await wemixvisor.run('completion', 'bash')).stdout).toContain('complete');
  expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });
  expect(await wemixvisor.run('status')).toMatchObject({ code: 3 });
});
