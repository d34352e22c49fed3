import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeGeth, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { UpgradeHistoryReport, UpgradeReport } from '../src/report/upgrade-report.ts';
import { schemaErrorsOf } from './published-schema.ts';
import { workplace, type Workplace } from './workplace.ts';

/** A build of the scripted node with another version, and variables of its own. */
function build(place: Workplace, version: string, variables = ''): string {
  const file = join(place.path, `geth-${version}`);
  const run = `FAKE_GETH_VERSION=${version}-stable ${variables} exec ${fakeGeth} "$@"`;
  writeFileSync(file, `#!/bin/sh\n${run}\n`, { mode: 0o755 });
  return file;
}

/** A home with a node whose head has been seen to move. */
async function upgradable(): Promise<Workplace> {
  const place = await workplace();
  place.control({ blockMs: 100 });
  await place.supervised('--health-check-interval', '200ms');
  await headMoves(place);
  return place;
}

const headMoves = (place: Workplace) =>
  waitFor(async () => ((await place.status()).health?.head?.number ?? 0) > 1002);

const upgradeOf = async (place: Workplace): Promise<UpgradeReport> =>
  JSON.parse((await place.run('upgrade', 'status', '--json')).stdout) as UpgradeReport;
const stepOf = async (place: Workplace) => (await upgradeOf(place)).upgrade?.step;
const reaches = (place: Workplace, step: string) =>
  waitFor(async () => (await stepOf(place)) === step, { what: `step ${step}` });

const better = 'FAKE_GETH_HEAD=5000';

describe('an upgrade', () => {
  it('is kept where the new program proves itself, and taken back where the operator wants that', async () => {
    const place = await upgradable();
    const before = await place.status();
    const file = build(place, '1.17.5', better);
    const upgrade = await place.run('upgrade', file, '--watch', '2s');
    expect(upgrade.stderr).not.toContain('not upgraded');
    expect(upgrade.code).toBe(0);
    expect(upgrade.stdout).toContain('the new program has proved itself');
    const after = await place.status();
    expect(after.version).toContain('1.17.5');
    expect(after.binary).toMatch(/home\/binaries\/1\.17\.5-[0-9a-f]{12}\/geth-1\.17\.5$/);
    expect(after.args).toEqual(before.args);
    expect(after.upgrade).toBeNull();
    expect(join(place.paths.binaries, readlinkSync(join(place.paths.binaries, 'current')))).toBe(
      after.binary,
    );
    const report = await upgradeOf(place);
    expect(schemaErrorsOf('upgrade', report)).toEqual([]);
    expect(report.upgrade).toMatchObject({ step: 'kept', from: { version: '1.16.9-stable' } });

    const rollback = await place.run('upgrade', 'rollback', '--json');
    expect(JSON.parse(rollback.stdout)).toMatchObject({ upgrade: { step: 'kept' } });
    expect((await place.status()).version).toContain('1.16.9');
    const history = await place.run('upgrade', 'history', '--json');
    const { upgrades } = JSON.parse(history.stdout) as UpgradeHistoryReport;
    expect(schemaErrorsOf('upgrade-history', JSON.parse(history.stdout))).toEqual([]);
    expect(upgrades.map(({ step }) => step)).toEqual(['kept', 'kept']);
  });

  it('returns by itself from a program that dies, from one that stands still, and from one that is silent', async () => {
    const place = await upgradable();
    for (const [variables, reason] of [
      ['FAKE_GETH_FATAL="no such fork"', 'the node ended with code 1'],
      // What a restart cannot help ends a supervisor in the foreground, but not in the middle of an upgrade.
      ['FAKE_GETH_FATAL="database contains incompatible genesis (have 0x1, new 0x2)"', 'genesis'],
      ['FAKE_GETH_BLOCK_MS=0 FAKE_GETH_HEAD=7', 'its head is 7, not past'],
      ['FAKE_GETH_RPC=off', 'it is not ready'],
    ] as const) {
      await place.reaches('running');
      await headMoves(place);
      const file = build(place, '1.17.5', variables);
      // What the control file says would hold for the new program too.
      place.control({});
      const upgrade = await place.run('upgrade', file, '--watch', '1s');
      expect(upgrade.code).toBe(1);
      expect(upgrade.stdout).toContain('the old program was started again');
      expect(upgrade.stdout).toContain(reason);
      place.control({ blockMs: 100 });
    }
    const { binary } = await place.reaches('running');
    expect(binary).toBe(join(place.path, 'bin', 'geth'));
    const alerts = await place.run('events', '--json', '-n', '200');
    expect(alerts.stdout).toContain('"event":"upgrade"');
  });

  it('is refused with its reasons, and nothing is touched', async () => {
    const place = await upgradable();
    const { pid } = await place.status();
    const refused = async (...words: readonly string[]) => {
      const { code, stderr } = await place.run('upgrade', ...words);
      return `${code}: ${stderr}`;
    };
    const older = await refused(build(place, '1.13.15'));
    expect(older).toContain('1.13.15 is older than 1.16.9');
    expect(older).toMatch(/it lacks the hard fork Prague, at .+ ago: the program that runs has it/);
    expect(await refused(build(place, 'gwemix-0.10.9'))).toContain(
      'it is gwemix, which cannot go on',
    );
    const file = build(place, '1.17.5');
    expect(await refused(file, '--', '--datadir', place.dataDirectory, '--nosuchflag')).toContain(
      '--nosuchflag',
    );
    expect(await refused(file, '--sha256', 'f'.repeat(64))).toContain('has not the SHA-256');
    expect(await refused(file, '--at', '2020-01-01')).toContain(
      '64: wemixvisor: --at 2020-01-01 is over',
    );
    expect(await refused(file, '--now', '--at-height', '5')).toContain('exclude each other');
    expect(await refused(file, '--backup', place.dataDirectory)).toContain('inside of the data');
    expect((await place.status()).pid).toBe(pid);
    expect(await stepOf(place)).toBeUndefined();
  });

  it('copies the data and runs the hook while the node is down, and puts the data back', async () => {
    const place = await upgradable();
    const kept = join(place.dataDirectory, 'kept');
    writeFileSync(kept, 'before');
    const hook = join(place.path, 'hook');
    const told = join(place.path, 'told');
    writeFileSync(hook, `#!/bin/sh\necho "$WEMIXVISOR_UPGRADE_TO" >${told}\n`, { mode: 0o755 });
    const backup = join(place.path, 'backup');
    const file = build(place, '1.17.5', better);
    const words = ['--watch', '1s', '--backup', backup, '--hook', hook];
    const { code, stdout } = await place.run('upgrade', file, ...words);
    expect([code, stdout]).toEqual([0, expect.stringContaining('has proved itself')]);
    expect(readFileSync(told, 'utf8')).toBe('1.17.5-stable\n');
    writeFileSync(kept, 'after');
    const { stdout: back } = await place.run('upgrade', 'rollback', '--restore');
    expect(back).toContain('the old program is stopping');
    expect(readFileSync(kept, 'utf8')).toBe('before');
  });

  it('starts the old program again where the hook fails', async () => {
    const place = await upgradable();
    const hook = join(place.path, 'hook');
    writeFileSync(hook, '#!/bin/sh\necho "no room" >&2\nexit 3\n', { mode: 0o755 });
    const { code, stdout } = await place.run('upgrade', build(place, '1.17.5'), '--hook', hook);
    expect(code).toBe(1);
    expect(stdout).toContain(`it was not started: the hook ${hook} ended with 3: no room`);
    expect((await place.reaches('running')).version).toContain('1.16.9');
  });
});

describe('the scenarios of cosmovisor', () => {
  it('premature switch on restart: the height has not come, so a restart runs the old program', async () => {
    const place = await upgradable();
    const file = build(place, '1.17.5', better);
    const planned = await place.run('upgrade', file, '--at-height', '900000');
    expect(planned.code).toBe(0);
    expect(planned.stdout).toMatch(/when: +at height 900000, expected 20\d\d-/);
    expect((await place.status()).upgrade).toMatchObject({ step: 'waiting', to: '1.17.5-stable' });
    expect((await place.run('restart')).code).toBe(0);
    expect((await place.status()).version).toContain('1.16.9');
    expect(await stepOf(place)).toBe('waiting');
    expect((await place.run('upgrade', 'cancel')).stdout).toContain('it was cancelled');
  });

  it('immediate: the height is over, so it is switched at once', async () => {
    const place = await upgradable();
    const file = build(place, '1.17.5', better);
    const { code, stdout } = await place.run('upgrade', file, '--at-height', '1', '--watch', '1s');
    expect([code, stdout]).toEqual([0, expect.stringContaining('has proved itself')]);
  });

  it('undetected: the height comes while nobody watches, and the next supervisor sees that', async () => {
    const place = await workplace();
    mkdirSync(place.dataDirectory, { recursive: true });
    place.control({ blockMs: 100 });
    const first = await place.supervised('--health-check-interval', '200ms');
    await headMoves(place);
    const file = build(place, '1.17.5', 'FAKE_GETH_HEAD=70000');
    await place.run('upgrade', file, '--at-height', '60000', '--watch', '1s');
    await place.run('detach');
    await first.done;
    place.control({ blockMs: 100, head: 60_001 });
    place.begin(
      'start',
      '--foreground',
      '--health-check-interval',
      '200ms',
      '--',
      ...place.nodeArguments,
    );
    await reaches(place, 'kept');
    expect((await place.status()).version).toContain('1.17.5');
  });

  it('backup interrupted: the supervisor ends in its middle, and the next one makes it whole', async () => {
    const place = await workplace();
    const many = join(place.dataDirectory, 'many');
    mkdirSync(many, { recursive: true });
    // Each is flushed to the disk: together they take their time.
    for (let at = 0; at < 1_500; at += 1) writeFileSync(join(many, `${at}`), `${at}`);
    place.control({ blockMs: 100 });
    const options = ['--health-check-interval', '200ms'];
    const first = await place.supervised(...options);
    await headMoves(place);
    const backups = join(place.path, 'backups');
    const file = build(place, '1.17.5', 'FAKE_GETH_HEAD=70000');
    await place.run('upgrade', file, '--watch', '1s', '--backup', backups, '--no-wait');
    await waitFor(async () => ((await upgradeOf(place)).copied?.done_bytes ?? 0) > 0);
    await place.run('detach');
    await first.done;
    const whole = () => readdirSync(backups).filter((name) => /^before-[\dTZ-]+$/.test(name));
    expect(whole()).toEqual([]);
    place.begin('start', '--foreground', ...options, '--', ...place.nodeArguments);
    await reaches(place, 'kept');
    const [backup = '', ...more] = whole();
    expect(more).toEqual([]);
    expect(readdirSync(join(backups, backup, 'many')).length).toBe(1_500);
    expect(readdirSync(backups)).toEqual([backup]);
  });
});
