import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, writeFileSync } from 'node:fs';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { filesOf } from '../../layout.ts';
import { collapseHead, endCollapses, findCollapseUnit } from './collapse-head.ts';

async function place() {
  const home = await temporaryDirectory();
  const files = filesOf(home.path, 'node');
  writeFileSync(files.live, 'text');
  return { files, [Symbol.asyncDispose]: () => home[Symbol.asyncDispose]() };
}

describe('findCollapseUnit', () => {
  it('is what can be cut from a file of two blocks, which then goes', async () => {
    await using at = await place();
    const sizes: number[] = [];
    const unit = findCollapseUnit(at.files, (descriptor, bytes) => {
      sizes.push(fstatSync(descriptor).size, bytes);
      ftruncateSync(descriptor, bytes);
    });
    expect(sizes).toEqual([2 * (unit ?? 0), unit]);
    expect(unit).toBeGreaterThan(511);
    expect(existsSync(at.files.probe)).toBe(false);
  });

  it.each<[string, () => void]>([
    ['refuses', () => fail('fallocate failed: Operation not supported')],
    ['has no such program', () => fail('spawn fallocate ENOENT', 'ENOENT')],
    ['says that it did, and did not', () => undefined],
  ])('is null where the system %s', async (_, collapse) => {
    await using at = await place();
    expect(findCollapseUnit(at.files, collapse)).toBeNull();
    expect(existsSync(at.files.probe)).toBe(false);
  });

  it.each(['ENOSPC', 'EDQUOT', 'EMFILE', 'ENFILE', 'EAGAIN', 'ENOMEM', 'ETIMEDOUT'])(
    'is not known after an error that passes: %s',
    async (code) => {
      await using at = await place();
      expect(() => findCollapseUnit(at.files, () => fail('for now', code))).toThrow('for now');
      expect(existsSync(at.files.probe)).toBe(false);
    },
  );
});

describe.runIf(existsSync('/usr/bin/fallocate'))('collapseHead', () => {
  it('says what the system says of a length that is no multiple of a block', async () => {
    await using at = await place();
    const descriptor = openSync(at.files.live, 'r+');
    try {
      expect(() => collapseHead(descriptor, 1)).toThrow(/^fallocate: /);
    } finally {
      closeSync(descriptor);
    }
  });
});

describe('endCollapses', () => {
  it('kills a fallocate that has the file, waits for its end, and kills nobody else', () => {
    let looks = 0;
    const killed: unknown[] = [];
    const holders = (live: string) => {
      expect(live).toBe('/l/node.log');
      looks += 1;
      const geth = { pid: 8, name: 'geth' };
      return looks < 4 ? [geth, { pid: 9, name: 'fallocate' }] : [geth];
    };
    endCollapses('/l/node.log', holders, (pid) => killed.push(pid));
    expect(killed).toEqual([9]);
    expect(looks).toBe(4);
  });

  it('waits for nobody where there is none', () => {
    let looks = 0;
    endCollapses('/l/node.log', () => ((looks += 1), [{ pid: 8, name: 'geth' }]));
    expect(looks).toBe(1);
  });
});

function fail(message: string, code?: string): never {
  throw Object.assign(new Error(message), code === undefined ? {} : { code });
}
