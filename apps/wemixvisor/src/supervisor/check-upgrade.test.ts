import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { launchOf } from '../../test/launch-of.ts';
import { examineLaunch } from './examine-launch.ts';
import { describeLaunch } from './describe-launch.ts';
import { homePaths } from '../state/home-paths.ts';
import { checkUpgrade, type CheckedUpgrade } from './check-upgrade.ts';

async function checked(from: string, to: string, more: Partial<CheckedUpgrade> = {}) {
  await using data = await temporaryDirectory();
  const args = ['--datadir', data.path, '--port', '0', '--authrpc.port', '0', '--ipcdisable'];
  const launch = (version: string) =>
    launchOf({ args, node: { flavour: 'geth', version, raw: `${version}-stable` } });
  const place = { platform: 'linux', ownPid: null, present: null } as const;
  const ways = { hasBackup: false, rollback: true, isRollback: false };
  const all = { from: launch(from), to: launch(to), ...place, ...ways, ...more };
  const { refusals, notes } = await checkUpgrade(all);
  return { refusals: refusals.join('\n'), notes: notes.join('\n') };
}

const noWayBack =
  /^there is no way back once it has run, as it writes version 9 of the database.+: --backup DIR keeps one, --no-rollback does without$/m;

it('asks for a way back where the new program writes what the old one cannot read', async () => {
  expect((await checked('1.14.13', '1.15.0')).refusals).toMatch(noWayBack);
  expect((await checked('1.12.2', '1.17.5')).refusals).toMatch(
    /history of states, and a format of Pebble/,
  );
  for (const way of [{ hasBackup: true }, { rollback: false }, { isRollback: true }]) {
    expect((await checked('1.14.13', '1.15.0', way)).refusals).not.toMatch('no way back');
  }
  expect((await checked('1.16.9', '1.17.5')).refusals).not.toMatch('no way back');
});

it('notes what the way back costs where there is one', async () => {
  const { refusals, notes } = await checked('1.13.15', '1.14.0');
  expect(refusals).not.toMatch('no way back');
  expect(notes).toMatch(/^it writes the journal .+: a program before it throws it away/m);
});

it('refuses a program that lacks a fork which has passed, also where the present one lacks it', async () => {
  await using home = await temporaryDirectory();
  const node = { flavour: 'geth', version: '1.16.4', raw: '1.16.4-stable' } as const;
  const reading = { rpcUrl: null, rpcHeaders: [], platform: 'linux' } as const;
  const description = describeLaunch(launchOf({ node }), reading);
  const settings = { rpcUrl: null, referenceRpcUrl: null };
  const present = {
    paths: homePaths(home.path, { temporaryDirectory: '/tmp', uid: -1 }),
    description,
    pid: null,
    settings,
  };
  expect((await checked('1.16.4', '1.16.5', { present })).refusals).toMatch(
    /^it lacks the hard fork Osaka, at 2025-12-03 21:49Z, \d+ days ago: releases from 1\.16\.6 on have it: get a release that has it$/m,
  );
  expect((await checked('1.16.4', '1.16.9', { present })).refusals).not.toMatch('it lacks');
});

it('asks for the room of what the new program adds to the data', async () => {
  const { problems } = await examineLaunch({
    ...launchOf({ args: ['--datadir', '/'] }),
    ...{ platform: 'linux', ownPid: null, mainnetGrowthBytes: 2 ** 60 },
  });
  const found = problems.find(({ check }) => check === 'disk');
  expect(found?.message).toMatch(/this release adds about \d+ GiB to the data/);
  const other = launchOf({ args: ['--datadir', '/', '--sepolia'] });
  const place = { platform: 'linux', ownPid: null, mainnetGrowthBytes: 2 ** 60 } as const;
  const { problems: none } = await examineLaunch({ ...other, ...place });
  expect(none.map(({ message }) => message).join()).not.toMatch(/this release adds/);
});
