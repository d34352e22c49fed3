import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backwardBlocks, forwardBlocks, type Block } from './blocks.ts';
import { recordsIn } from '../record/record-boundaries.ts';
import { readAll, type Source } from '../open/source.ts';

/** Bytes that come in short reads. */
function sourceOf(bytes: Buffer, most = 100_000): Source {
  return {
    size: bytes.length,
    read: (target, position) =>
      bytes.copy(target, 0, position, Math.min(position + most, bytes.length)),
    close: () => undefined,
  };
}

const lineText = fc.constantFrom(
  'INFO [03-04|09:15:02.118] Imported',
  '\u001b[33mWARN \u001b[0m[03-04|09:15:02.118] x',
  '{"t":"2026-03-04T09:15:02Z"}',
  't=2026-03-04T09:15:02+0000 lvl=info msg=x',
  'panic: boom',
  'goroutine 1 [running]:',
  '\tmain.go:1 +0x2',
  'Fatal: x',
  'plain',
  '',
  '\0\xff',
);
const log = fc
  .tuple(fc.array(fc.tuple(lineText, fc.nat(4000))), fc.boolean())
  .map(([lines, isFinished]) =>
    Buffer.from(
      lines.map(([text, padding]) => text + 'x'.repeat(padding)).join('\n') +
        (isFinished ? '\n' : ''),
      'latin1',
    ),
  );

/** What each block stands for; copied before the next is asked for. */
function joined(source: Source, blocks: Iterable<Block>): Buffer[] {
  const copies: Buffer[] = [];
  for (const { bytes, start, end, position, more } of blocks) {
    const rest = Buffer.alloc(more);
    readAll(source, rest, position + end);
    copies.push(Buffer.concat([bytes.subarray(start, end), rest]));
  }
  return copies;
}

describe('blocks', () => {
  it('hold every byte once, forwards and backwards', () => {
    fc.assert(
      fc.property(log, (bytes) => {
        const source = sourceOf(bytes);
        const forward = joined(source, forwardBlocks(source, 0, bytes.length));
        expect(Buffer.concat(forward).equals(bytes)).toBe(true);
        const back = joined(source, backwardBlocks(source, 0, bytes.length)).reverse();
        expect(Buffer.concat(back).equals(bytes)).toBe(true);
      }),
    );
  });

  it.each([200_000, 262_143, 262_144, 262_145, 524_288, 10_000_000])(
    'are whole lines also where one has %d bytes, of which they hold no more than others',
    (length) => {
      const line = Buffer.alloc(length, 'x');
      line[length - 1] = 0x0a;
      for (const end of ['', 'b\n', 'unfinished']) {
        const bytes = Buffer.concat([Buffer.from('a\n'), line, Buffer.from(end)]);
        const source = sourceOf(bytes, 1 << 30);
        const forward = joined(source, forwardBlocks(source, 0, bytes.length));
        const back = joined(source, backwardBlocks(source, 0, bytes.length)).reverse();
        for (const parts of [forward, back]) {
          expect(Buffer.concat(parts).equals(bytes)).toBe(true);
          expect(parts.slice(0, -1).every((part) => part.at(-1) === 0x0a)).toBe(true);
        }
        for (const block of forwardBlocks(source, 0, bytes.length)) {
          expect(block.bytes.length).toBeLessThanOrEqual(256 * 1024);
          expect(block.more > 0).toBe(block.end === 256 * 1024 && length > 256 * 1024);
        }
      }
    },
  );

  it('end when the source is shorter than it was', () => {
    expect([...forwardBlocks(sourceOf(Buffer.from('a\n')), 2, 10)]).toEqual([]);
  });
});

function spansOf(bytes: Buffer): [start: number, end: number][] {
  const edges = recordsIn(bytes, 0, bytes.length);
  return Array.from({ length: edges.length / 2 }, (_, at) => [edges[2 * at]!, edges[2 * at + 1]!]);
}

describe('records', () => {
  it('hold every byte once, and each begins where a line begins', () => {
    fc.assert(
      fc.property(log, (bytes) => {
        let last = 0;
        for (const [start, end] of spansOf(bytes)) {
          expect(start).toBe(last);
          expect(start === 0 || bytes[start - 1] === 10).toBe(true);
          last = end;
        }
        expect(last).toBe(bytes.length);
      }),
    );
  });

  const split = (text: string): string[] => {
    const bytes = Buffer.from(text);
    return spansOf(bytes).map(([start, end]) => bytes.toString('utf8', start, end));
  };

  it.each([
    [
      'a terminal message of several lines',
      ['INFO [03-04|09:15:02.118] a\nb\n\nc\n', 'INFO [03-04|09:15:02.118] d\n'],
    ],
    [
      'a crash report up to the next start',
      ['panic: a\n\ngoroutine 1:\n\tx\n', 'INFO [03-04|09:15:02.118] d\n'],
    ],
    ['last words apart from the message before', ['INFO [03-04|09:15:02.118] a\n', 'Fatal: b\n']],
    ['json lines apart from prints between them', ['{"a":1}\n', 'print\n', '{"a":2}\n']],
    ['plain lines each, but for indented ones', ['a\n', 'b\n  c\n\td\n', 'e']],
  ])('keep %s', (_, records) => {
    expect(split(records.join(''))).toEqual(records);
  });
});
