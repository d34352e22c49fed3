import { describe, expect, it } from 'vitest';
import { readCast, shortenWaits, withTilde, writeCast } from './cast.mjs';

describe('a recording', () => {
  it('is read as it was written, to the millisecond', () => {
    const outputs = [
      { at: 0.0504, data: '$ ' },
      { at: 2, data: '\u001b[1mµ\r\n' },
    ];
    const text = writeCast({ width: 80, height: 24, outputs });
    expect(text.split('\n')).toEqual([
      '{"version":2,"width":80,"height":24}',
      '[0.05,"o","$ "]',
      String.raw`[2,"o","\u001b[1mµ\r\n"]`,
      '',
    ]);
    const [first, second] = outputs;
    expect(readCast(text)).toEqual({
      width: 80,
      height: 24,
      outputs: [{ ...first, at: 0.05 }, second],
    });
  });
});

describe('shortenWaits', () => {
  it('begins at once and cuts each wait to the longest', () => {
    const at = (...seconds: number[]) =>
      seconds.map((second) => ({ at: second, data: `${second}` }));
    expect(shortenWaits(at(5, 6, 16, 16.5), 3).map((output) => output.at)).toEqual([0, 1, 4, 4.5]);
    expect(shortenWaits([], 3)).toEqual([]);
  });
});

describe('withTilde', () => {
  const home = '/tmp/wemixvisor-Ab1';

  it.each([
    ['the home', `Log: ${home}/logs\r\nin ${home}\r\n`, 'Log: ~/logs\r\nin ~\r\n'],
    ['a home that the edge cuts', 'url=/tmp/wemixvi\r\nnext', 'url=~\r\nnext'],
    ['a home that is cut before its name', 'url=/tmp/\r\n', 'url=~\r\n'],
    ['another folder', '/tmp/wemix/logs\r\n/tmp\r\n', '/tmp/wemix/logs\r\n/tmp\r\n'],
  ])('names %s', (_, data, shown) => {
    expect(withTilde(data, home)).toBe(shown);
  });
});
