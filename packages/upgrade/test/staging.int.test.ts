import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  copyData,
  isIntact,
  pointCurrent,
  readCosmovisorFolder,
  stageProgram,
  stageRunning,
} from '../src/index.ts';

async function place(): Promise<string> {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return folder.path;
}
const sha256 = (text: string) => createHash('sha256').update(text, 'latin1').digest('hex');

/** The head of an ELF program for x86-64, or another machine. */
function elf(machine = 0x3e): Buffer {
  const head = Buffer.alloc(64);
  head.write('\u007fELF', 'latin1');
  head.writeUInt8(1, 5);
  head.writeUInt16LE(machine, 18);
  return head;
}
const machine = { platform: 'linux', arch: 'x64' };

describe('staging', () => {
  it('copies the program whole, executable, under its version and hash', async () => {
    const path = await place();
    const [file, folder] = [join(path, 'geth'), join(path, 'binaries')];
    writeFileSync(file, '#!/bin/sh\n');
    const staged = stageProgram({ file, folder, version: '1.17.5' });
    const hash = sha256('#!/bin/sh\n');
    expect(staged).toEqual({
      program: join(folder, `1.17.5-${hash.slice(0, 12)}`, 'geth'),
      sha256: hash,
    });
    expect(readFileSync(staged.program, 'utf8')).toBe('#!/bin/sh\n');
    expect(statSync(staged.program).mode & 0o777).toBe(0o700);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('uses a whole copy again, and replaces one that was damaged', async () => {
    const path = await place();
    const [file, folder] = [join(path, 'geth'), join(path, 'binaries')];
    writeFileSync(file, '#!/bin/sh\n');
    const first = stageProgram({ file, folder, version: null });
    const { ino } = statSync(first.program);
    expect(stageProgram({ file, folder, version: null })).toEqual(first);
    expect(statSync(first.program).ino).toBe(ino);
    writeFileSync(first.program, 'damaged');
    stageProgram({ file, folder, version: null });
    expect(readFileSync(first.program, 'utf8')).toBe('#!/bin/sh\n');
  });

  it.each([
    ['another content', 'OTHER_CONTENT', Buffer.from('#!/bin/sh\n'), { sha256: 'f'.repeat(64) }],
    ['another machine', 'NOT_A_PROGRAM', elf(0xb7), {}],
    ['a text', 'NOT_A_PROGRAM', Buffer.from('hello'), {}],
    ['nothing', 'NOT_A_PROGRAM', Buffer.alloc(0), {}],
    ['a program of macOS', 'NOT_A_PROGRAM', Buffer.from('cffaedfe0700000100000000', 'hex'), {}],
  ])('refuses %s, and leaves nothing behind', async (_, code, content, more) => {
    const path = await place();
    const [file, folder] = [join(path, 'geth'), join(path, 'binaries')];
    writeFileSync(file, content);
    expect(() => stageProgram({ file, folder, version: null, machine, ...more })).toThrow(
      expect.objectContaining({ code }),
    );
    expect(existsSync(folder) ? readdirSync(folder) : []).toEqual([]);
  });

  it('takes a program for this machine, and removes what a kill left half-made', async () => {
    const path = await place();
    const [file, folder] = [join(path, 'geth'), join(path, 'binaries')];
    writeFileSync(file, elf());
    mkdirSync(join(folder, '.partial-1'), { recursive: true });
    stageProgram({ file, folder, version: '1.17.5', machine });
    expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('keeps the newest programs and those in use', async () => {
    const path = await place();
    const [file, folder] = [join(path, 'geth'), join(path, 'binaries')];
    const programs = [1, 2, 3, 4].map((number) => {
      writeFileSync(file, `#!/bin/sh\n# ${number}\n`);
      const { program } = stageProgram({ file, folder, version: `1.0.${number}` });
      utimesSync(dirname(program), number, number);
      return program;
    });
    writeFileSync(file, '#!/bin/sh\n# 5\n');
    stageProgram({ file, folder, version: '1.0.5', keep: 2, inUse: programs.slice(0, 1) });
    const left = readdirSync(folder).map((name) => name.slice(0, 5));
    expect(left.toSorted()).toEqual(['1.0.1', '1.0.4', '1.0.5']);
  });

  it('points the link at one program or the other', async () => {
    const folder = await place();
    for (const name of ['a/geth', 'b/geth']) {
      pointCurrent(folder, join(folder, name));
      expect(readlinkSync(join(folder, 'current'))).toBe(name);
    }
  });
});

describe('a copy of the data', () => {
  it('is whole, takes the place of what was there, and tells how far it is', async () => {
    const path = await place();
    const [from, to] = [join(path, 'data'), join(path, 'backup', 'data')];
    mkdirSync(join(from, 'geth'), { recursive: true });
    writeFileSync(join(from, 'geth', 'a'), 'one');
    writeFileSync(join(from, 'b'), 'three');
    symlinkSync('b', join(from, 'link'));
    mkdirSync(to, { recursive: true });
    writeFileSync(join(to, 'old'), 'old');
    const seen: number[] = [];
    await copyData({ from, to, onProgress: ({ doneBytes }) => seen.push(doneBytes) });
    expect(readdirSync(to).toSorted()).toEqual(['b', 'geth', 'link']);
    expect(readFileSync(join(to, 'geth', 'a'), 'utf8')).toBe('one');
    expect(readlinkSync(join(to, 'link'))).toBe('b');
    expect(seen.at(-1)).toBe(8);
    expect(readdirSync(join(path, 'backup'))).toEqual(['data']);
  });

  it('that is given up leaves what was there', async () => {
    const path = await place();
    const [from, to] = [join(path, 'data'), join(path, 'backup')];
    for (const folder of [from, to]) mkdirSync(folder);
    writeFileSync(join(from, 'a'), 'new');
    writeFileSync(join(to, 'a'), 'old');
    const signal = AbortSignal.abort();
    await expect(copyData({ from, to, signal })).rejects.toMatchObject({ code: 'COPY_FAILED' });
    expect(readFileSync(join(to, 'a'), 'utf8')).toBe('old');
    expect(readdirSync(path).toSorted()).toEqual(['backup', 'data']);
  });

  it.each([
    ['before the copy had its name', ['data.replaced']],
    ['after it', ['data', 'data.replaced']],
  ])('that was killed %s is put right by the next', async (_, left) => {
    const path = await place();
    const from = join(path, 'from');
    for (const name of ['from', ...left]) mkdirSync(join(path, name));
    writeFileSync(join(from, 'a'), 'new');
    await copyData({ from, to: join(path, 'data') });
    expect(readdirSync(path).toSorted()).toEqual(['data', 'from']);
    expect(readFileSync(join(path, 'data', 'a'), 'utf8')).toBe('new');
  });
});

describe('a cosmovisor folder', () => {
  function program(folder: string, name = 'geth'): string {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    const file = join(folder, 'bin', name);
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
    return file;
  }

  it('is read with its names, its heights and what is current', async () => {
    const path = await place();
    const root = join(path, 'cosmovisor');
    const genesis = program(join(root, 'genesis'));
    const first = program(join(root, 'upgrades', 'v2%20beta'));
    writeFileSync(
      join(root, 'upgrades', 'v2%20beta', 'upgrade-info.json'),
      '{"name":"v2","height":"120"}',
    );
    expect(readCosmovisorFolder(path)).toEqual([
      { name: 'genesis', program: genesis, isCurrent: true, height: null },
      { name: 'v2 beta', program: first, isCurrent: false, height: 120 },
    ]);
    symlinkSync(join(root, 'upgrades', 'v2%20beta'), join(root, 'current'));
    expect(readCosmovisorFolder(root).find(({ isCurrent }) => isCurrent)?.name).toBe('v2 beta');
  });

  it('is none without a program in genesis', async () => {
    const path = await place();
    const refused = expect.objectContaining({ code: 'NO_COSMOVISOR_FOLDER' });
    expect(() => readCosmovisorFolder(path)).toThrow(refused);
    mkdirSync(join(path, 'genesis'));
    expect(() => readCosmovisorFolder(path)).toThrow(refused);
  });
});

describe('a program that runs', () => {
  it.skipIf(process.platform !== 'linux')(
    'is staged as it runs, also where its file is another one by now',
    async () => {
      const path = await place();
      const file = join(path, 'sleep');
      writeFileSync(file, readFileSync('/bin/sleep'), { mode: 0o700 });
      const ran = sha256(readFileSync(file, 'latin1'));
      const child = spawn(file, ['1000'], { stdio: 'ignore' });
      onTestFinished(() => void child.kill('SIGKILL'));
      writeFileSync(`${file}.new`, elf());
      renameSync(`${file}.new`, file);
      const where = { file, folder: join(path, 'binaries'), version: '9-stable', release: '9' };
      const staged = stageRunning({ ...where, pid: child.pid ?? 0 });
      expect(staged).toMatchObject({ version: '9-stable' });
      expect(staged.program).toMatch(/\/binaries\/9-[0-9a-f]{12}\/sleep$/);
      expect(sha256(readFileSync(staged.program, 'latin1'))).toBe(ran);
      expect(await isIntact(staged.program, staged.sha256)).toBe(true);
      // One that is down is taken from its file.
      expect(stageRunning({ ...where, pid: null }).sha256).not.toBe(staged.sha256);
    },
  );

  it('stays where it is when it is a script, and is there or not', async () => {
    const path = await place();
    const file = join(path, 'geth');
    writeFileSync(file, '#!/bin/sh\n');
    const where = { file, pid: null, folder: path, version: null, release: null };
    expect(stageRunning(where)).toEqual({ version: null, program: file, sha256: null });
    expect(await isIntact(file, null)).toBe(true);
    expect(await isIntact(file, sha256('#!/bin/sh\n'))).toBe(true);
    expect(await isIntact(file, sha256('other'))).toBe(false);
    expect(await isIntact(join(path, 'none'), null)).toBe(false);
    expect(await isIntact(join(path, 'none'), sha256(''))).toBe(false);
  });
});
