import { describe, expect, it } from 'vitest';
import { renderLogLine, type LogScreen, type LogSourceName, type ShownRecord } from './log-line.ts';

const screens = {
  file: { raw: false, terminal: false, colour: false },
  plain: { raw: false, terminal: true, colour: false },
  colours: { raw: false, terminal: true, colour: true },
  raw: { raw: true, terminal: true, colour: true },
} as const satisfies Record<string, LogScreen>;

interface Shown extends Partial<ShownRecord> {
  readonly source?: LogSourceName;
}

const pieceLength = 16 * 1024;
const cut = (text: string) =>
  Array.from({ length: Math.ceil(text.length / pieceLength) }, (_, at) =>
    text.slice(at * pieceLength, (at + 1) * pieceLength),
  );

/** What the pieces are together. */
const shownBytes = (
  screen: keyof typeof screens,
  bytes: Buffer,
  { source = 'node', terminated = true, level = null }: Shown = {},
) => {
  const record = { pieces: () => [bytes], text: () => cut(bytes.toString()), terminated, level };
  const pieces = renderLogLine(source, record, screens[screen]);
  return Buffer.concat(Array.from(pieces, (piece) => Buffer.from(piece)));
};
const shown = (screen: keyof typeof screens, text: string, more?: Shown) =>
  shownBytes(screen, Buffer.from(text), more).toString();
const event =
  '{"level":"warn","time":"2026-11-23T12:00:00.000Z","msg":"the node ended by SIGKILL"}';
const supervisor = { source: 'supervisor', level: 'warn' } as const;

describe('renderLogLine', () => {
  it.each(['file', 'raw'] as const)('gives the bytes of the node as they are for %s', (screen) => {
    const bytes = Buffer.from([0x00, 0xff, 0x1b, 0x5b, 0x32, 0x4a]);
    const line = Buffer.concat([bytes, Buffer.from('\n')]);
    expect(shownBytes(screen, bytes, { level: 'error' })).toEqual(line);
  });

  it('adds no end to a line that has none yet', () => {
    expect(shown('file', 'half', { terminated: false })).toBe('half');
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
    expect(shown('plain', long, supervisor)).toBe(`${safe}é\r\n`);
  });

  it('shows an event of the supervisor to people, and as it was written when raw', () => {
    const words = '2026-11-23T12:00:00.000Z WARN  wemixvisor: the node ended by SIGKILL';
    expect(shown('file', event, supervisor)).toBe(`${words}\n`);
    expect(shown('colours', event, supervisor)).toBe(`\u001b[33m${words}\u001b[0m\n`);
    expect(shown('raw', event, supervisor)).toBe(`${event}\n`);
    expect(shown('file', '{"level":"wa', supervisor)).toBe('{"level":"wa\n');
  });
});
