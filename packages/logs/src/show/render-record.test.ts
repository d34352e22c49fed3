import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../read/record/log-record.ts';
import { renderRecord, type RecordView } from './render-record.ts';

const views = {
  bytes: { as: 'bytes' },
  file: { as: 'text', terminal: false, colour: false },
  plain: { as: 'text', terminal: true, colour: false },
  colours: { as: 'text', terminal: true, colour: true },
} as const satisfies Record<string, RecordView>;
type ViewName = keyof typeof views;

const pieceLength = 16 * 1024;
const cut = (text: string) =>
  Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, at) =>
    text.slice(at * pieceLength, (at + 1) * pieceLength),
  );

/** What the pieces are together. */
const shownBytes = (
  view: ViewName,
  bytes: Buffer,
  { rewrite, ...record }: Partial<LogRecord> & { readonly rewrite?: (text: string) => string } = {},
) => {
  const whole: LogRecord = {
    ...{ bytes, pieces: () => [bytes], text: () => cut(bytes.toString()), terminated: true },
    ...{ time: null, level: null, format: 'plain', message: '', fields: {} },
    ...{ isContext: false, isApart: false },
    ...record,
  };
  const shownAs: RecordView = view === 'bytes' ? views.bytes : { ...views[view], rewrite };
  const pieces = renderRecord(whole, shownAs);
  return Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)));
};
const shown = (view: ViewName, text: string, more?: Parameters<typeof shownBytes>[2]) =>
  shownBytes(view, Buffer.from(text), more).toString();

describe('renderRecord', () => {
  it('gives the bytes as they are', () => {
    const bytes = Buffer.from([0x00, 0xff, 0x1b, 0x5b, 0x32, 0x4a]);
    const line = Buffer.concat([bytes, Buffer.from('\n')]);
    expect(shownBytes('bytes', bytes, { level: 'error' })).toEqual(line);
  });

  it('adds no end to a line that has none yet', () => {
    expect(shown('bytes', 'half', { terminated: false })).toBe('half');
    expect(shown('plain', 'half', { terminated: false })).toBe('half');
  });

  it.each([
    ['crit', '\u001b[1;31mx\u001b[0m\n'],
    ['error', '\u001b[31mx\u001b[0m\n'],
    ['warn', '\u001b[33mx\u001b[0m\n'],
    ['info', 'x\n'],
    ['debug', '\u001b[2mx\u001b[0m\n'],
  ] as const)('colours level %s', (level, line) => {
    expect(shown('colours', 'x', { level })).toBe(line);
    expect(shown('plain', 'x', { level })).toBe('x\n');
  });

  it('lets no log command the terminal', () => {
    expect(shown('plain', 'a\u001b]0;title\u0007b\u001b[2Jc\u0000d\te\r')).toBe(
      'a\\x1b]0;title\\x07b\\x1b[2Jc\\x00d\te\r\n',
    );
    expect(shown('plain', 'a\u009b2Jb\rc')).toBe('a\\x9b2Jb\\x0dc\n');
  });

  it('keeps the colours that a node brings, ends them, and drops them where none are wanted', () => {
    expect(shown('colours', '\u001b[32mINFO\u001b[39m up')).toBe(
      '\u001b[32mINFO\u001b[39m up\u001b[0m\n',
    );
    expect(shown('plain', '\u001b[32mINFO\u001b[39m up')).toBe('INFO up\n');
  });

  it('shows a line of megabytes whole, whatever stands where its pieces meet', () => {
    const long = 'é\u001b[32m\r'.repeat(100_000);
    const safe = 'é\\x0d'.repeat(99_999);
    expect(shown('plain', long)).toBe(`${safe}é\r\n`);
    expect(shown('file', long)).toBe(`${long}\n`);
    expect(shown('plain', long, { rewrite: (text) => text })).toBe(`${safe}é\r\n`);
  });

  it('shows what the text is turned into', () => {
    const rewrite = (text: string) => `<${text}\u001b[2J>`;
    expect(shown('file', 'x', { rewrite })).toBe('<x\u001b[2J>\n');
    expect(shown('colours', 'x', { rewrite, level: 'warn' })).toBe(
      '\u001b[33m<x\\x1b[2J>\u001b[0m\n',
    );
    expect(shown('bytes', 'x', { rewrite })).toBe('x\n');
  });

  it('separates groups of records with their context', () => {
    expect(shown('bytes', 'x', { isApart: true })).toBe('--\nx\n');
    expect(shown('plain', 'x', { isApart: true })).toBe('--\nx\n');
  });

  it('makes JSON of it, with its source', () => {
    const record = {
      ...{ pieces: () => [], text: () => ['x'], message: 'x', fields: {} },
      ...{ isContext: false, isApart: false },
    };
    const chunks = renderRecord(
      {
        ...record,
        bytes: Buffer.from('x'),
        terminated: true,
        time: null,
        level: null,
        format: 'plain',
      },
      { as: 'json', source: 'node' },
    );
    expect(JSON.parse([...chunks].join(''))).toMatchObject({ source: 'node', line: 'x' });
  });
});
