import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cacheFolder, loadCompiled } from './compile-cache.ts';

const uid = process.getuid?.() ?? -1;

describe('the folder of compiled code', () => {
  it("is in the user's cache folder, and his alone", async () => {
    await using home = await temporaryDirectory();
    const folder = join(home.path, '.cache', 'wemixvisor');
    expect(cacheFolder({ HOME: home.path }, uid)).toBe(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const caches = { HOME: '/nowhere', XDG_CACHE_HOME: home.path };
    expect(cacheFolder(caches, uid)).toBe(join(home.path, 'wemixvisor'));
  });

  it("is nowhere without a folder that is this user's own", async () => {
    await using home = await temporaryDirectory();
    expect(cacheFolder({ HOME: home.path }, uid + 1)).toBeUndefined();
    for (const mode of [0o720, 0o702, 0o1777]) {
      chmodSync(home.path, mode);
      expect(cacheFolder({ HOME: home.path }, uid)).toBeUndefined();
    }
    expect(cacheFolder({ HOME: join(home.path, 'none') }, uid)).toBeUndefined();
    expect(cacheFolder({ HOME: 'here' }, uid)).toBeUndefined();
    expect(cacheFolder({}, uid)).toBeUndefined();
  });

  it('is nowhere where it is open to others itself, or cannot be made', async () => {
    await using home = await temporaryDirectory();
    const folder = join(home.path, '.cache', 'wemixvisor');
    mkdirSync(folder, { recursive: true });
    chmodSync(folder, 0o770);
    expect(cacheFolder({ HOME: home.path }, uid)).toBeUndefined();
    writeFileSync(join(home.path, 'file'), '');
    expect(cacheFolder({ HOME: home.path, XDG_CACHE_HOME: join(home.path, 'file') }, uid)).toBe(
      undefined,
    );
  });
});

describe('a program with compiled code', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** A program in a folder of its own that says what it is told, each time it is run. */
  async function programThatSays(first: string) {
    const folder = await temporaryDirectory();
    const file = join(folder.path, 'program.cjs');
    const kept = join(folder.path, 'word');
    const said: string[] = [];
    Object.assign(globalThis, { saidByProgram: said });
    const rewrite = (what: string) => {
      writeFileSync(file, `globalThis.saidByProgram.push(${JSON.stringify(what)} + __filename);\n`);
    };
    rewrite(first);
    return {
      kept,
      rewrite,
      files: () => readdirSync(folder.path).sort(),
      /** What it said, and whether it compiled anew, for which it writes what it compiled. */
      run(place: string | undefined = folder.path) {
        const before = statSync(kept, { throwIfNoEntry: false })?.ino;
        loadCompiled(file, place, 'word');
        vi.runAllTimers();
        const after = statSync(kept, { throwIfNoEntry: false })?.ino;
        return { said: said.splice(0).join().replace(file, ''), compiled: after !== before };
      },
      [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
    };
  }

  it('compiles once, and keeps that for itself', async () => {
    await using program = await programThatSays('one');
    expect(program.run()).toEqual({ said: 'one', compiled: true });
    expect(statSync(program.kept).mode & 0o777).toBe(0o600);
    expect(program.run()).toEqual({ said: 'one', compiled: false });
    expect(program.files()).toEqual(['program.cjs', 'word']);
  });

  it('is never what it was before, of the same length or not', async () => {
    await using program = await programThatSays('one');
    program.run();
    program.rewrite('two');
    expect(program.run()).toEqual({ said: 'two', compiled: true });
    expect(program.run()).toEqual({ said: 'two', compiled: false });
  });

  it('takes nothing of which a byte is another one, or which was cut', async () => {
    await using program = await programThatSays('one');
    program.run();
    const whole = readFileSync(program.kept);
    for (const at of [0, whole.length >> 1, whole.length - 1]) {
      const spoilt = Buffer.from(whole);
      spoilt.writeUInt8(spoilt.readUInt8(at) ^ 1, at);
      writeFileSync(program.kept, spoilt);
      expect(program.run(), `byte ${at}`).toEqual({ said: 'one', compiled: true });
    }
    for (const length of [0, 3, whole.length - 1]) {
      writeFileSync(program.kept, whole.subarray(0, length));
      expect(program.run(), `${length} bytes`).toEqual({ said: 'one', compiled: true });
    }
  });

  it('runs as well where nothing can be kept', async () => {
    await using program = await programThatSays('one');
    const nowhere = join(program.kept, 'none');
    expect(program.run(nowhere)).toEqual({ said: 'one', compiled: false });
    loadCompiled(join(program.kept, '../program.cjs'), undefined, 'word');
    expect(program.files()).toEqual(['program.cjs']);
  });
});
