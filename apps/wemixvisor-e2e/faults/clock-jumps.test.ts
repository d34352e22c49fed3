import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { jumpyClock } from './clock-jumps.ts';

const day = 86_400;
/** Says what every way to ask for the time gives, in a program that another one started apart from itself. */
const asks = `
  const say = 'console.log(JSON.stringify([Date.now(), +new Date(), Date.parse(Date()), +new Date(7), performance.timeOrigin + performance.now()]))';
  const { stdout } = require('node:child_process').spawnSync(process.execPath, ['-e', say], { detached: true });
  process.stdout.write(stdout);
`;

it('jumps the wall clock of a program and of those that it starts, and no other clock', async () => {
  await using folder = await temporaryDirectory();
  const { variables, jump } = jumpyClock(join(folder.path, 'clock'));
  const days = (): number[] => {
    const env = { PATH: process.env['PATH'] ?? '', ...variables };
    const text = execFileSync(process.execPath, ['-e', asks], { env, encoding: 'utf8' });
    const now = Date.now();
    return (JSON.parse(text) as number[]).map(
      (ms) => Math.round((ms === 7 ? 0 : ms - now) / day / 1000) + 0,
    );
  };
  expect(days()).toEqual([0, 0, 0, 0, 0]);
  jump(30 * day);
  expect(days()).toEqual([30, 30, 30, 0, 0]);
  jump(-day);
  expect(days()).toEqual([-1, -1, -1, 0, 0]);
  jump(0);
  expect(days()).toEqual([0, 0, 0, 0, 0]);
});
