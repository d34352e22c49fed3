import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseLogLine } from './parse-log-line.ts';

const near = new Date(2026, 2, 5);
const parse = (line: string, moment = near) => parseLogLine(line, { near: moment });
const fixture = (name: string): string[] =>
  readFileSync(new URL(`../../test/fixtures/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '');

describe('parseLogLine', () => {
  it('reads the terminal format', () => {
    const line =
      'WARN [03-04|09:15:11.944] Looking for peers                        peercount=2 tried="a \\"b\\"" self=x  static=0';
    expect(parse(line)).toEqual({
      format: 'terminal',
      time: new Date(2026, 2, 4, 9, 15, 11, 944),
      level: 'warn',
      message: 'Looking for peers',
      fields: { peercount: '2', tried: 'a "b"', self: 'x', static: '0' },
    });
  });

  it('takes the year that puts the line last before the moment it is near to', () => {
    const line = 'INFO [12-31|23:59:59.999] x';
    expect(parse(line, new Date(2026, 0, 2)).time).toEqual(new Date(2025, 11, 31, 23, 59, 59, 999));
    expect(parse(line, new Date(2026, 11, 31, 12)).time?.getFullYear()).toBe(2026);
  });

  it('finds the leap year of a 29 February', () => {
    expect(parse('INFO [02-29|00:00:00.000] x').time).toEqual(new Date(2024, 1, 29));
  });

  it('knows no time for a date that does not exist', () => {
    expect(parse('INFO [13-32|00:00:00.000] x').time).toBeNull();
  });

  it('reads a coloured line, and one with a code location', () => {
    const line =
      '\u001b[31mERROR\u001b[0m[03-04|09:15:02.118|eth/backend.go:12] Oh no \u001b[31merr\u001b[0m=bad';
    expect(parse(line)).toMatchObject({ level: 'error', message: 'Oh no', fields: { err: 'bad' } });
  });

  it('reads logfmt with a zone without colon, and the spelling of old releases', () => {
    expect(
      parse('t=2026-03-04T09:15:02+0900 lvl=eror msg="a \\u00e9" key="" number=1,000'),
    ).toEqual({
      format: 'logfmt',
      time: new Date('2026-03-04T00:15:02Z'),
      level: 'error',
      message: 'a é',
      fields: { key: '', number: '1,000' },
    });
  });

  it('reads json of old and new releases alike', () => {
    const fresh = parse(
      '{"t":"2026-03-04T09:15:02.118204311Z","lvl":"info","msg":"x","a":1,"b":true}',
    );
    const old = parse(
      '{"a":1,"b":"true","lvl":"info","msg":"x","t":"2026-03-04T09:15:02.118204311Z"}',
    );
    expect(fresh).toEqual(old);
    expect(fresh).toMatchObject({
      format: 'json',
      time: new Date('2026-03-04T09:15:02.118Z'),
      level: 'info',
      fields: { a: '1', b: 'true' },
    });
  });

  it('reads the lines of pino', () => {
    expect(parse('{"level":50,"time":1772615702118,"msg":"down"}')).toMatchObject({
      level: 'error',
      time: new Date(1_772_615_702_118),
      message: 'down',
    });
  });

  it.each([
    ['Fatal: Error starting protocol stack: bind: address already in use', 'plain', 'crit'],
    ["Flags --dev, --rinkeby can't be used at the same time", 'plain', 'crit'],
    ['panic: boom\n\ngoroutine 1 [running]:\nmain.main()', 'panic', 'crit'],
    ['fatal error: out of memory', 'panic', 'crit'],
    ['{"not json', 'plain', null],
    ['[1,2]', 'plain', null],
    ['just text', 'plain', null],
    ['', 'plain', null],
  ])('reads "%s" as what it is', (line, format, level) => {
    expect(parse(line)).toMatchObject({ format, level, message: line, time: null });
  });

  it('reads the time at the beginning of a plain line', () => {
    expect(parse('2026-03-04T09:15:02Z hello').time).toEqual(new Date('2026-03-04T09:15:02Z'));
  });

  it.each(['terminal.txt', 'terminal-gwemix.txt', 'logfmt.txt', 'json.txt', 'json-legacy.txt'])(
    'finds time, level and message in every line of %s but the last words',
    (name) => {
      const lines = fixture(name).map((line) => parse(line));
      const last = lines.pop();
      expect(last).toMatchObject({ format: 'plain', level: 'crit', time: null });
      for (const { format, time, level } of lines) {
        expect(format).toBe(name.split(/[-.]/)[0]);
        expect(time?.getFullYear()).toBe(2026);
        expect(level).not.toBeNull();
      }
      const peers = lines.find(({ message }) => message === 'Looking for peers');
      expect(Object.keys(peers?.fields ?? {})).toEqual(
        expect.arrayContaining(['peercount', 'tried', 'static']),
      );
    },
  );
});
