import { readdirSync, readFileSync, rmSync, truncateSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askSupervisor } from '../harness/ask-supervisor.ts';
import { fakeInstallation, type FakeInstallation } from '../harness/fake-installation.ts';
import { isWatched } from '../harness/installation.ts';
import { isAlive, killed, processesMentioning } from '../harness/processes.ts';

const nodesOf = ({ home }: FakeInstallation) =>
  processesMentioning(home)
    .filter(({ commandLine }) => /fake-geth\.mjs/.test(commandLine))
    .filter(({ commandLine }) => !commandLine.includes('wemixvisor-recorder'))
    .map(({ pid }) => pid);

/** A node that runs on its own: its supervisor was killed. It is started where no supervised one runs yet. */
async function orphaned(wemixvisor: FakeInstallation) {
  if ((await askSupervisor(wemixvisor.home, 'GET', '/v1/status')) === undefined) {
    expect(await wemixvisor.run(...wemixvisor.startWords())).toMatchObject({ code: 0 });
  }
  const status = await wemixvisor.status();
  killed(status.supervisor_pid);
  await waitFor(() => !isAlive(status.supervisor_pid));
  return status;
}

const inHome = (wemixvisor: FakeInstallation, path: string) => join(wemixvisor.home, path);
const cutInHalf = (file: string) => truncateSync(file, Math.floor(statSync(file).size / 2));

/** One home, in which each test kills the supervisor of the node that the test before left. */
describe('a home whose supervisor was killed', () => {
  let wemixvisor: FakeInstallation;
  beforeAll(async () => {
    wemixvisor = await fakeInstallation();
  });
  afterAll(() => wemixvisor[Symbol.asyncDispose]());

  it('finds the running node again though state.json is half written, and says so in one line', async () => {
    const before = await orphaned(wemixvisor);
    cutInHalf(inHome(wemixvisor, 'run/state.json'));
    const start = await wemixvisor.run('start');
    expect(start.code).toBe(0);
    expect(start.stderr.split('\n').filter((line) => line.includes('state.json'))).toHaveLength(1);
    expect(await wemixvisor.status()).toMatchObject({ state: 'running', pid: before.pid });
    expect(nodesOf(wemixvisor)).toEqual([before.pid]);
  });

  it('finds the running node again though state.json has gone', async () => {
    const before = await orphaned(wemixvisor);
    rmSync(inHome(wemixvisor, 'run/state.json'));
    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
    expect(await wemixvisor.status()).toMatchObject({ state: 'running', pid: before.pid });
    expect(nodesOf(wemixvisor)).toEqual([before.pid]);
  });

  it('needs nobody to remove a lock whose holder was killed', async () => {
    const before = await orphaned(wemixvisor);
    const locks = () =>
      readdirSync(inHome(wemixvisor, 'run')).filter((name) => /^lock\.\d+$/.test(name));
    expect(locks()).toHaveLength(1);
    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
    expect(await wemixvisor.status()).toMatchObject({ pid: before.pid });
    expect(locks()).toHaveLength(1);
  });

  it('takes no notice of a lock whose pid now belongs to another process', async () => {
    await orphaned(wemixvisor);
    const holder = { pid: process.pid, startTime: '1', bootId: 'another', executable: null };
    writeFileSync(inHome(wemixvisor, 'run/lock.900'), JSON.stringify(holder));
    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
  });

  it('needs nobody to remove the control socket that it left', async () => {
    const before = await orphaned(wemixvisor);
    expect(readdirSync(inHome(wemixvisor, 'run'))).toContain('control.sock');
    const status = await wemixvisor.run('status', '--json');
    expect(status).toMatchObject({ code: 2, stderr: '' });
    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
    expect(await wemixvisor.status()).toMatchObject({ pid: before.pid, adopted: true });
  });

  it('has its control socket again when somebody removed it', async () => {
    const before = await wemixvisor.status();
    rmSync(inHome(wemixvisor, 'run/control.sock'));
    const after = await wemixvisor.until(isWatched, 'the supervisor to be reachable again');
    expect(after).toMatchObject({ pid: before.pid, supervisor_pid: before.supervisor_pid });
  });

  it.each([
    ['half written', (file: string) => cutInHalf(file)],
    ['gone', (file: string) => rmSync(file)],
  ])('stops the running node without a supervisor though state.json is %s', async (_, harm) => {
    const before = await orphaned(wemixvisor);
    harm(inHome(wemixvisor, 'run/state.json'));
    expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });
    expect(isAlive(before.pid)).toBe(false);
    expect(nodesOf(wemixvisor)).toEqual([]);
  });

  it('never signals a process that got the pid of the recorded node', async () => {
    const before = await orphaned(wemixvisor);
    const bystander = wemixvisor.spawnBy(['sh', '-c', 'exec sleep 600', 'sh']);
    const file = inHome(wemixvisor, 'run/state.json');
    const forged = readFileSync(file, 'utf8').replaceAll(`${before.pid}`, `${bystander.pid ?? 0}`);
    killed(before.pid);
    await waitFor(() => !isAlive(before.pid));
    writeFileSync(file, forged);
    expect(await wemixvisor.run('stop', '--force')).toMatchObject({ code: 0 });
    expect(isAlive(bystander.pid ?? 0)).toBe(true);
    bystander.kill('SIGKILL');
  });

  it('says in one line that a state is of a later version, and starts nothing until it is moved away', async () => {
    await wemixvisor.run(...wemixvisor.startWords());
    await wemixvisor.run('stop');
    const file = inHome(wemixvisor, 'run/state.json');
    const later = readFileSync(file, 'utf8').replace(/"schema": \d+/, '"schema": 99');
    writeFileSync(file, later);
    const status = await wemixvisor.run('status');
    expect(status).toMatchObject({ code: 4, stdout: '' });
    expect(status.stderr).toMatch(/^wemixvisor: [^\n]*schema 99[^\n]*\n$/);
    const start = await wemixvisor.run('start');
    expect(start).toMatchObject({ code: 1, stdout: '' });
    expect(start.stderr).toMatch(/^wemixvisor: [^\n]*schema 99[^\n]*move \S+state\.json away\n$/);
    expect(readFileSync(file, 'utf8')).toBe(later);
    rmSync(file);
    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
  });

  it('starts with an unreadable launch.json when the arguments are given', async () => {
    await wemixvisor.run('stop');
    expect(nodesOf(wemixvisor)).toEqual([]);
    writeFileSync(inHome(wemixvisor, 'run/launch.json'), Buffer.from([0, 255, 10]));
    expect(await wemixvisor.run(...wemixvisor.startWords())).toMatchObject({ code: 0 });
  });
});

describe('many at once', () => {
  it('gives one node to 50 simultaneous starts', async () => {
    await using wemixvisor = await fakeInstallation();
    const words = wemixvisor.startWords();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => wemixvisor.run(...words)));
    expect(outcomes.filter(({ code }) => code !== 0)).toEqual([]);
    expect(await wemixvisor.status()).toMatchObject({ state: 'running', generation: 1 });
    expect(nodesOf(wemixvisor)).toHaveLength(1);
    expect(wemixvisor.log().split('Starting Geth').length).toBe(2);
  });
});
