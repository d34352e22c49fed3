import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../pattern.ts';
import { lineAutomaton, type MatchesPieces } from './line-automaton.ts';
import { nodesOf } from './pattern-nodes.ts';
import { partsOf } from './pattern-parts.ts';
import { searchWindows } from './search-windows.ts';

function automatonOf(pattern: RegExp): MatchesPieces | null {
  const parts = partsOf(pattern);
  const nodes = parts === null ? null : nodesOf(parts, pattern.ignoreCase);
  return nodes === null ? null : lineAutomaton(nodes);
}

const oneOf = (words: string) => fc.constantFrom(...words.split(' '));
const unit = fc.oneof(
  oneOf('a b B µ é ſ \u212a 😀 . \\. \\w \\W \\d \\s \\S \\x61 \\u00e9 \\e \\/ { } ] \\0 \\n \\r'),
  oneOf('[ab] [^ab] [a-c] [\\w.] [^\\W_] [] [\\b]'),
  fc.constant(' '),
);
const times = oneOf('* + ? {2} {0} {1,} {0,2} {1,3} *? +? ?? {2}?');
const source = fc.letrec<{ pattern: string; part: string; behind: string }>((tie) => ({
  pattern: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')),
  part: fc.oneof(
    { maxDepth: 3 },
    unit,
    oneOf('^ $ \\b \\B'),
    fc.tuple(unit, times).map((parts) => parts.join('')),
    tie('pattern').map((inner) => `(${inner})`),
    tie('pattern').map((inner) => `(?<name>${inner})`.replaceAll('name', `n${inner.length}`)),
    fc.tuple(tie('pattern'), times).map(([inner, many]) => `(?:${inner})${many}`),
    fc.tuple(tie('pattern'), tie('pattern')).map((parts) => `(?:${parts.join('|')})`),
    fc.tuple(tie('pattern'), oneOf('= !')).map(([inner, sign]) => `(?${sign}${inner})`),
    fc.tuple(tie('behind'), oneOf('= !')).map(([inner, sign]) => `(?<${sign}${inner})`),
  ),
  // What looks ahead from behind is left to others.
  behind: tie('pattern').map((inner) => inner.replaceAll(/\(\?[=!]/g, '(?:')),
})).pattern;
const character = fc.oneof(oneOf('a b c A B µ É s k 😀 . _ 1 \n \r \u2028 { \0'), fc.constant(' '));
const text = fc.array(character).map((parts) => parts.join(''));

/** In pieces of so many units. */
const cut = (whole: string, size: number): string[] =>
  Array.from({ length: Math.ceil(whole.length / size) }, (_, at) =>
    whole.slice(at * size, (at + 1) * size),
  );

/** Two groups may get the same name. */
function compiledOrNull(pattern: string, ignoreCase: boolean): RegExp | null {
  try {
    return compilePattern(pattern, { ignoreCase });
  } catch {
    return null;
  }
}

describe('lineAutomaton', () => {
  it('finds what the pattern finds, wherever the text is cut', () => {
    fc.assert(
      fc.property(
        source,
        fc.boolean(),
        fc.array(text, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 5 }),
        (pattern, ignoreCase, lines, size) => {
          const compiled = compiledOrNull(pattern, ignoreCase);
          fc.pre(compiled !== null);
          const matches = automatonOf(compiled);
          for (const line of lines) {
            const found = matches?.(cut(line, size));
            expect(found, `${compiled.source} in ${line}`).toBe(compiled.test(line));
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  it.each(['(a)\\1', '(?<n>a)\\k<n>', '\\101', '\\u{2}', '\\cx\\c'])(
    'leaves %s, which is not regular or not plain, to others',
    (pattern) => {
      expect(automatonOf(compilePattern(pattern))).toBeNull();
    },
  );

  it.each(['(?<=a(?=b))b', 'a{2001}', '(?:a{999}){999}', '((a{99999}){99999}){99999}'])(
    'leaves %s, which would be too much, to others',
    (pattern) => {
      expect(automatonOf(compilePattern(pattern))).toBeNull();
    },
  );

  it('leaves a pattern with the u flag to others', () => {
    expect(automatonOf(compilePattern(/\p{L}/u))).toBeNull();
  });

  it('goes on without new states when it has too many', () => {
    const matches = automatonOf(compilePattern('a.{300}x'));
    const noise = Array.from({ length: 3000 }, (_, at) =>
      'ab'.charAt((at * at * 7 + (at >> 3)) % 2),
    );
    expect(matches?.(noise)).toBe(false);
    expect(matches?.([...noise, `a${'b'.repeat(300)}`, 'x'])).toBe(true);
  });
});

describe('searchWindows', () => {
  it('finds each match with all that it looks at within reach, and nothing else', () => {
    const pattern = oneOf('ab (a)\\1 (?<=a.)b a(?=.b) ^a a$ \\ba a\\b (?<!a)b b(?!a) ^$');
    fc.assert(
      fc.property(pattern, text, fc.integer({ min: 1, max: 9 }), (wanted, whole, size) => {
        const compiled = compilePattern(wanted);
        const found = searchWindows(compiled, 4, cut(whole, size));
        expect(found).toBe(compiled.test(whole));
      }),
      { numRuns: 1000 },
    );
  });
});
