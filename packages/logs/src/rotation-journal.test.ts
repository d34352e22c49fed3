import { closeSync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { filesOf } from './layout.ts';
import {
  formatJournal,
  isUncut,
  markedNote,
  movedBytes,
  readJournal,
  type RotationJournal,
} from './rotation-journal.ts';

const stem = 'node-20260304T091502118Z';
const mark = Buffer.from([0x80, 0xff, 0x9a]);
const cut: RotationJournal = { way: 'cut', stem, bytes: 4096, inode: 77, mark, isMarked: false };

async function place() {
  const home = await temporaryDirectory();
  const files = filesOf(home.path, 'node');
  return {
    files,
    journal: (text: string) => (writeFileSync(files.journal, text), readJournal(files.journal)),
    [Symbol.asyncDispose]: () => home[Symbol.asyncDispose](),
  };
}

describe('the journal of a rotation', () => {
  it('is read as it was written, before and after the mark', async () => {
    await using at = await place();
    expect(formatJournal(cut)).toBe(`cut ${stem} 4096 77 80ff9a\n`);
    expect(at.journal(formatJournal(cut))).toEqual(cut);
    const swap = { ...cut, way: 'swap' } as const;
    expect(at.journal(`${formatJournal(swap)}${markedNote.toString()}`)).toEqual({
      ...swap,
      isMarked: true,
    });
    expect(at.journal(`${formatJournal(cut)}mark`)).toEqual(cut);
  });

  it.each(['', 'cut', `cut ${stem} 4096 77 80ff9a`, `cut ${stem} 4096 77 80f\n`, `${stem}\n`])(
    'says nothing where it is torn: %j',
    async (text) => {
      await using at = await place();
      expect(at.journal(text)).toBeNull();
    },
  );

  it('is none where there is none, and an error where it cannot be read', async () => {
    await using at = await place();
    expect(readJournal(at.files.journal)).toBeNull();
    mkdirSync(at.files.journal);
    expect(() => readJournal(at.files.journal)).toThrow('EISDIR');
    expect(movedBytes(at.files, stem)).toBe(0);
  });
});

describe('isUncut', () => {
  it.each([
    ['any file before the mark is noted', 'text', {}, true],
    ['a file with the mark', '\x80\xff\x9atext', { isMarked: true }, true],
    ['a file without the mark', 'text', { isMarked: true }, false],
    ['a file with half of the mark', '\x80\xff', { isMarked: true }, false],
    ['an empty file', '', { isMarked: true }, false],
    ['another file', '\x80\xff\x9atext', { isMarked: true, inode: 1 }, false],
  ])('looks at %s', async (_, text, change, expected) => {
    await using at = await place();
    writeFileSync(at.files.live, Buffer.from(text, 'latin1'));
    const live = openSync(at.files.live, 'r');
    try {
      const inode = statSync(at.files.live).ino;
      expect(isUncut(live, { ...cut, inode, ...change })).toBe(expected);
    } finally {
      closeSync(live);
    }
  });
});

describe('movedBytes', () => {
  it('are those of a rotation to the newest segment that has not cut yet', async () => {
    await using at = await place();
    const { files } = at;
    expect(movedBytes(files, stem)).toBe(0);
    at.journal(formatJournal(cut));
    expect(movedBytes(files, stem)).toBe(0);
    writeFileSync(files.live, 'text');
    const journal = { ...cut, inode: statSync(files.live).ino };
    at.journal(formatJournal(journal));
    expect(movedBytes(files, stem)).toBe(4096);
    expect(movedBytes(files, 'node-20260304T091502117Z')).toBe(0);
    expect(movedBytes(files, null)).toBe(0);
    at.journal(`${formatJournal(journal)}${markedNote.toString()}`);
    expect(movedBytes(files, stem)).toBe(0);
  });
});
