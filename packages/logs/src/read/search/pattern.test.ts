import { describe, expect, it } from 'vitest';
import { LogsError } from '../../errors.ts';
import { searchOver } from './block-search.ts';
import { compilePattern, namesNewline } from './pattern.ts';

const hits = (pattern: RegExp, text: string): number[] | null => {
  const bytes = Buffer.from(text);
  const next = searchOver(pattern)(bytes);
  if (next === null) return null;
  const found: number[] = [];
  for (let at = next(0); at >= 0 && at < bytes.length; at = next(at + 1)) found.push(at);
  return found;
};

/** The numbers of the lines in which a search is stopped; a line is left behind at its end. */
const linesHit = (pattern: RegExp, text: string): number[] => {
  const bytes = Buffer.from(text);
  const next = searchOver(pattern)(bytes);
  const found: number[] = [];
  for (let at = next?.(0) ?? -1; at >= 0 && at < bytes.length;) {
    found.push(bytes.toString('utf8', 0, at).split('\n').length - 1);
    at = next?.(bytes.indexOf(0x0a, at) + 1) ?? -1;
  }
  return found;
};

describe('compilePattern', () => {
  it('stays within a line, as grep does', () => {
    expect(compilePattern('a\\s+b').test('a\nb')).toBe(false);
    expect(compilePattern('a[^x]b').test('a\nb')).toBe(false);
    expect(compilePattern('a\\Wb|a\\Db').test('a\nb')).toBe(false);
    expect(compilePattern(/a.b/s).test('a\nb')).toBe(false);
    expect(compilePattern('^b$').test('a\nb\nc')).toBe(true);
    expect(compilePattern('a\\s+b').test('a \tb')).toBe(true);
    expect(compilePattern('[\\]x]+[^\\]]').test(']xy')).toBe(true);
    expect(compilePattern('A', { ignoreCase: true }).test('a')).toBe(true);
    expect(compilePattern(new RegExp('[\\p{L}--[a]]', 'v')).test('b')).toBe(true);
  });

  it('says what is wrong with a pattern', () => {
    expect(() => compilePattern('a(')).toThrow(LogsError);
    expect(() => compilePattern('a(')).toThrow(/backslash/);
  });
});

describe('searchOver', () => {
  it('finds plain characters in any bytes', () => {
    expect(hits(compilePattern('é='), 'xé= é=')).toEqual([1, 5]);
  });

  it('finds patterns in text, and leaves what is none to the slow way', () => {
    const lines = 'é p1\n𝄞µ q\n p22\n';
    expect(linesHit(compilePattern('[pP][0-9]+'), lines)).toEqual([0, 2]);
    expect(linesHit(compilePattern('.p.'), lines)).toEqual([0, 2]);
    expect(linesHit(compilePattern('.µ.'), lines)).toEqual([1]);
    expect(searchOver(compilePattern('.p.'))(Buffer.from([0xff, 0x70, 0x31]))).toBeNull();
  });

  it.each(['a\\nb', 'a[\\s]b', 'a[\\x00-\\x20]b', 'a\nb', 'a\\x0ab'])(
    'goes the slow way for %j',
    (source) => {
      expect(namesNewline(compilePattern(source))).toBe(true);
      expect(hits(compilePattern(source), 'a b')).toBeNull();
    },
  );

  it.each(['a\\sb', '[^a]+', '(a)\\1', '\\bx\\b', 'a.b', '\\w+\\S\\d'])(
    'goes the fast way for %j',
    (source) => {
      expect(namesNewline(compilePattern(source))).toBe(false);
    },
  );
});
