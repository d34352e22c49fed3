import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { readConfigFile } from '../src/index.ts';

const keys = ['log.level', 'node.env', 'stop.timeout'];

async function reading(toml: string) {
  await using folder = await temporaryDirectory();
  const file = join(folder.path, 'app.toml');
  writeFileSync(file, toml, { mode: 0o600 });
  return readConfigFile(file, { keys });
}

describe('readConfigFile', () => {
  it('gives the value of each known key, tables whole', async () => {
    const read = await reading('stop.timeout = 3\n[log]\nlevel = "info"\n[node.env]\nA = "1"\n');
    expect(Object.fromEntries(read.values)).toEqual({
      'stop.timeout': 3,
      'log.level': 'info',
      'node.env': { A: '1' },
    });
    expect(read.unknownKeys).toEqual([]);
  });

  it('names the keys and empty tables that it does not know, and the line of each key', async () => {
    const read = await reading('[log]\nlevle = 1\n[stop]\n[nonsense]\n[a.b]\nc = 1\n');
    expect(read.unknownKeys).toEqual(['log.levle', 'nonsense', 'a.b.c']);
    expect(read.unknownKeys.map((key) => read.placeOf(key).replace(/^.*:/, ''))).toEqual([
      '2',
      '4',
      '6',
    ]);
  });

  it('refuses what is not TOML, and names line and column', async () => {
    await expect(reading('[log]\nlevel = \n')).rejects.toMatchObject({
      code: 'NOT_TOML',
      message: expect.stringMatching(/app\.toml:2:\d+: /),
    });
  });

  it('names what is there twice, and where it was first', async () => {
    const twice = async (text: string) => {
      const error: unknown = await reading(text).catch((thrown: unknown) => thrown);
      return (error as Error).message.replace(/^.*app\.toml:/, '');
    };
    expect(await twice('# [log]\n[log]\nlevel = "info"\n\n[log] # mine\nlevel = "warn"\n')).toBe(
      '5:2: [log] is there already, in line 2: put its keys there',
    );
    expect(await twice('[a]\nlevel = 1\n[log]\nlevel = "info"\nlevel = "warn"\n')).toBe(
      '5:1: level is there already, in line 4: keep one of them',
    );
  });

  it('refuses a file that others can write, or that is huge', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'app.toml');
    writeFileSync(file, '', { mode: 0o600 });
    chmodSync(file, 0o666);
    expect(() => readConfigFile(file, { keys })).toThrow(
      'can be changed by other users (mode 666): chmod 600 it',
    );
    chmodSync(file, 0o600);
    writeFileSync(file, '#'.repeat(64 * 1024));
    expect(readConfigFile(file, { keys }).values.size).toBe(0);
    writeFileSync(file, '#'.repeat(64 * 1024 + 1));
    expect(() => readConfigFile(file, { keys })).toThrow('is over 64 KiB');
  });

  it('trusts every file where it has nobody to ask for', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'app.toml');
    writeFileSync(file, 'log.level = 1\n');
    chmodSync(file, 0o666);
    expect(readConfigFile(file, { keys, uid: -1 }).values.get('log.level')).toBe(1);
  });

  it('gives nothing for a missing file that is not required', () => {
    const missing = '/nowhere/app.toml';
    expect(readConfigFile(missing, { keys, required: false })).toBeUndefined();
    expect(() => readConfigFile(missing, { keys })).toThrow(
      'cannot read the configuration /nowhere/app.toml',
    );
  });

  it('says that a folder or a FIFO in its place is no file, and does not wait for a writer', async () => {
    await using folder = await temporaryDirectory();
    const [subfolder, fifo] = [join(folder.path, 'app.toml'), join(folder.path, 'fifo')];
    mkdirSync(subfolder);
    chmodSync(subfolder, 0o700);
    execFileSync('mkfifo', ['-m', '600', fifo]);
    for (const place of [subfolder, fifo]) {
      expect(() => readConfigFile(place, { keys, required: false })).toThrow(
        expect.objectContaining({ code: 'NOT_A_FILE' }),
      );
    }
    expect(() => readConfigFile(subfolder, { keys })).toThrow(
      expect.objectContaining({ code: 'UNREADABLE' }),
    );
  });
});
