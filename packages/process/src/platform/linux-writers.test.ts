import {
  closeSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { writersIn } from './linux-writers.ts';

/** A /proc in which some processes have one descriptor each. */
async function proc(holders: Record<string, { target: string; flags: string }>) {
  const folder = await temporaryDirectory();
  for (const [pid, { target, flags }] of Object.entries(holders)) {
    for (const part of ['fd', 'fdinfo'])
      mkdirSync(join(folder.path, pid, part), { recursive: true });
    symlinkSync(target, join(folder.path, pid, 'fd/1'));
    writeFileSync(join(folder.path, pid, 'fdinfo/1'), `pos:\t0\nflags:\t${flags}\nmnt_id:\t1\n`);
  }
  return folder;
}

describe('who writes to a file on Linux', () => {
  it('is who has it open for writing, by its path, also after it was removed', async () => {
    await using folder = await proc({
      '11': { target: '/nowhere/logs/node.log', flags: '0102001' },
      '12': { target: '/nowhere/logs/node.log (deleted)', flags: '0100002' },
      '13': { target: '/nowhere/logs/node.log', flags: '0100000' },
      '14': { target: '/elsewhere/logs/node.log', flags: '0102001' },
      '15': { target: '/nowhere/logs/node.log.1', flags: '0102001' },
      [process.pid]: { target: '/nowhere/logs/node.log', flags: '0102001' },
    });
    const pids = [11, 12, 13, 14, 15, 16, process.pid];
    expect(writersIn(folder.path, '/nowhere/logs/node.log', pids)).toEqual([11, 12]);
  });

  it('is also who opened it under another name of its folder', async () => {
    await using home = await temporaryDirectory();
    const [one, other] = ['one', 'other'].map((name) => join(home.path, name));
    mkdirSync(String(one));
    writeFileSync(join(String(one), 'node.log'), '');
    symlinkSync(String(one), String(other));
    await using folder = await proc({
      '11': { target: join(String(other), 'node.log'), flags: '0102001' },
    });
    expect(writersIn(folder.path, join(String(one), 'node.log'), [11])).toEqual([11]);
    renameSync(String(one), `${String(one)}.moved`);
    expect(writersIn(folder.path, join(String(one), 'node.log'), [11])).toEqual([]);
  });

  it('is nobody where nothing may be looked at', () => {
    expect(writersIn('/nowhere/proc', '/nowhere/node.log', [11])).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('is found in the real /proc', async () => {
    await using home = await temporaryDirectory();
    const file = join(home.path, 'node.log');
    const log = openSync(file, 'a');
    const { spawn } = await import('node:child_process');
    const child = spawn('/bin/cat', { stdio: ['pipe', log, 'ignore'] });
    closeSync(log);
    await new Promise((resolve) => child.once('spawn', resolve));
    expect(writersIn('/proc', file, [process.pid, Number(child.pid)])).toEqual([child.pid]);
    rmSync(file);
    expect(writersIn('/proc', file, [process.pid, Number(child.pid)])).toEqual([child.pid]);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.stdin?.end();
    await gone;
    expect(writersIn('/proc', file, [process.pid, Number(child.pid)])).toEqual([]);
  });
});
