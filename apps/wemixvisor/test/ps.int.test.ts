import {
  chownSync,
  existsSync,
  mkdirSync,
  readlinkSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { HomesReport } from '../src/report/homes-report.ts';
import { schemaErrorsOf } from './published-schema.ts';
import { workplace, type Workplace } from './workplace.ts';

const uid = process.getuid?.() ?? -1;
const registerOf = ({ path }: Workplace) => join(path, '.local/state/wemixvisor/homes');

/** What `ps --json` says of the homes of a workplace; those of other tests are listed as well. */
async function homesOf(place: Workplace) {
  const { stdout } = await place.run('ps', '--json');
  const report = JSON.parse(stdout) as HomesReport;
  const homes = report.homes.filter(({ home }) => home.startsWith(place.path));
  // Others may be of a supervisor of another version.
  expect(schemaErrorsOf('ps', { ...report, homes })).toEqual([]);
  return homes;
}

/** Starts a node in the home of a workplace, and lets go of it again. */
async function leaveNode(place: Workplace) {
  const foreground = await place.supervised();
  await place.run('detach');
  await foreground.done;
}

describe('ps', () => {
  it('lists a home from its first start on, with the supervisor up or down', async () => {
    const place = await workplace();
    const { home } = place.paths;
    expect(await homesOf(place)).toEqual([]);
    await place.supervised();
    expect(await homesOf(place)).toMatchObject([
      { home, status: { state: 'running', supervisor_pid: process.pid }, problem: null },
    ]);
    const register = registerOf(place);
    expect(readdirSync(register).map((name) => readlinkSync(join(register, name)))).toEqual([home]);
    // Who deleted the register sees what runs.
    rmSync(register, { recursive: true });
    place.env['WEMIXVISOR_HOME'] = join(place.path, 'another');
    expect(await homesOf(place)).toMatchObject([{ home, status: { state: 'running' } }]);
    place.env['WEMIXVISOR_HOME'] = home;
  });

  it('shouts where a node runs unsupervised, and shows the state that files tell', async () => {
    const place = await workplace();
    await leaveNode(place);
    const { stdout } = await place.run('ps');
    expect(stdout).toMatch(/^~\/home +UNSUPERVISED +\d+ .* no supervisor: wemixvisor start/m);
    const quiet = await place.run('ps', '--quiet');
    expect(quiet.stdout.split('\n')).toContain(place.paths.home);
    await place.run('stop');
    expect(await homesOf(place)).toMatchObject([{ status: { state: 'stopped' } }]);
  });

  it('drops a home that was removed, and says so once', async () => {
    const place = await workplace();
    await leaveNode(place);
    await place.run('stop');
    const { home } = place.paths;
    renameSync(home, `${home}-moved`);
    const first = await place.run('ps');
    expect(first.stderr).toContain(`wemixvisor: ${home} is gone and listed no more\n`);
    expect((await place.run('ps')).stderr).not.toContain('is gone');
    expect(readdirSync(registerOf(place))).toEqual([]);
  });

  it('does not wait for a supervisor that hangs', async () => {
    const place = await workplace();
    await leaveNode(place);
    const silent = createServer();
    silent.listen(place.paths.socket);
    onTestFinished(() => void silent.close());
    const begun = performance.now();
    const problem = 'no answer from its supervisor within 3 s';
    expect(await homesOf(place)).toEqual([{ home: place.paths.home, status: null, problem }]);
    expect(performance.now() - begun).toBeLessThan(20_000);
    rmSync(place.paths.socket);
  });

  it('says of a home of another user that it is, and reads nothing in it', async () => {
    const place = await workplace();
    await leaveNode(place);
    await place.run('stop');
    const { stdout } = await place.runAs({ uid: uid + 1 }, 'ps', '--json');
    const { homes } = JSON.parse(stdout) as HomesReport;
    const problem = `belongs to user ${uid}: run as that user`;
    expect(homes).toContainEqual({ home: place.paths.home, status: null, problem });
  });

  it.runIf(uid === 0)('asks the supervisor of another user for root, and no file', async () => {
    const place = await workplace();
    await place.supervised();
    const { home, run, socket } = place.paths;
    const give = (owner: number) => {
      for (const path of [home, run, socket].filter((path) => existsSync(path))) {
        chownSync(path, owner, owner);
      }
    };
    give(65_534);
    onTestFinished(() => give(0));
    expect(await homesOf(place)).toMatchObject([{ home, status: { state: 'running' } }]);
    give(0);
    await place.run('detach');
    give(65_534);
    const problem = 'belongs to another user, and no supervisor runs';
    expect(await homesOf(place)).toEqual([{ home, status: null, problem }]);
    give(0);
  });

  it('starts a node where the register cannot be written, and finds it while it is supervised', async () => {
    const place = await workplace();
    mkdirSync(join(place.path, '.local'), { mode: 0o777 });
    const foreground = await place.supervised('--log-level', 'info');
    rmSync(registerOf(place), { recursive: true });
    place.env['XDG_STATE_HOME'] = '/proc/nothing/can/be/here';
    await place.run('detach');
    await foreground.done;
    const again = await place.supervised();
    expect(again.stderr).toContain('wemixvisor ps will list this home only while a supervisor');
    expect(await homesOf(place)).toMatchObject([{ status: { state: 'running' } }]);
  });
});
