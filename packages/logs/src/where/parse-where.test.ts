import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogsError } from '../errors.ts';
import type { Expression, Operator } from './expression.ts';
import { parseWhere } from './parse-where.ts';

const compare = (
  key: string,
  operator: Operator,
  value: string,
  valueAt = expect.any(Number) as number,
) => ({ kind: 'compare', key, operator, value, valueAt }) as const;

describe('parseWhere', () => {
  it('reads conditions that both must hold', () => {
    expect(parseWhere('number>24000000 and peercount<3')).toEqual({
      kind: 'and',
      of: [compare('number', '>', '24000000', 7), compare('peercount', '<', '3', 30)],
    });
  });

  it.each([
    ['number>24,000,000', compare('number', '>', '24,000,000')],
    ['number > 24000000', compare('number', '>', '24000000')],
    ['err~"timeout"', compare('err', '~', 'timeout')],
    ["err~'time out'", compare('err', '~', 'time out')],
    ['err=~"a|b"', compare('err', '~', 'a|b')],
    ['a==1', compare('a', '=', '1')],
    ['"odd key"=1', compare('odd key', '=', '1')],
    [String.raw`err~"\d+\"x"`, compare('err', '~', String.raw`\d+"x`)],
    ['err', { kind: 'has', key: 'err' }],
    ['!err', { kind: 'not', of: { kind: 'has', key: 'err' } }],
    ['((err))', { kind: 'has', key: 'err' }],
    ['msg="and"', compare('msg', '=', 'and')],
  ])('reads %s', (text, expected) => {
    expect(parseWhere(text)).toEqual(expected);
  });

  it('binds not before and, and that before or, in each spelling', () => {
    const expected = {
      kind: 'or',
      of: [
        compare('a', '=', '1'),
        {
          kind: 'and',
          of: [
            { kind: 'not', of: { kind: 'has', key: 'b' } },
            { kind: 'has', key: 'c' },
          ],
        },
      ],
    };
    expect(parseWhere('a=1 or not b and c')).toEqual(expected);
    expect(parseWhere('a = 1 OR NOT b AND c')).toEqual(expected);
    expect(parseWhere('a==1||!b&&c')).toEqual(expected);
    expect(parseWhere('(a=1) or ((not b) and c)')).toEqual(expected);
  });

  it.each([
    ['number>', 'a value is missing after number>', 7],
    ['number> and a<3', 'a value is missing after number>', 8],
    ['>3', 'a key is missing before ">"', 0],
    ['', 'the expression is empty: write one like peercount<3', 0],
    ['a=1 and', 'a condition is missing at the end', 7],
    ['a=1 b=2', 'write "and" or "or" before "b", or quotes around a value of several words', 4],
    [
      'err=connection refused',
      'write "and" or "or" before "refused", or quotes around a value of several words',
      15,
    ],
    ['a=1 & b=2', 'write "and", and quote a pattern that has & in it', 4],
    ['err~a|b', 'write "or", and quote a pattern that has | in it', 5],
    ['a=>1', 'there is no operator =>: write >=', 1],
    ['a<>1', 'there is no operator <>: write !=', 1],
    ['a===1', 'there is no operator ===: write =', 1],
    ['a=<1', 'there is no operator =<: write <=', 1],
    ['err~"time', 'this quote is never closed', 4],
    ['(a=1', 'this ( is never closed', 0],
    ['a=1)', 'there is no ( for this )', 3],
    ['24000000<number', '"24000000" is no key: the key comes first, as in number>24000000', 0],
    ['"timeout"', 'a text alone is no condition: write --message or --grep for it', 0],
    ['err=“x”', 'write plain quotes: " or \'', 4],
    ['a=1<2', '"<" has nothing before it to compare', 3],
  ])('shows where %j is wrong', (text, reason, at) => {
    expect(() => parseWhere(text)).toThrow(
      new LogsError('BAD_EXPRESSION', `--where: ${reason}\n  ${text}\n  ${' '.repeat(at)}^`),
    );
  });

  it('refuses more parentheses than the stack should hold', () => {
    expect(() => parseWhere('('.repeat(100_000))).toThrow('more than 100 parentheses');
  });

  const quote = (text: string) => `"${text.replaceAll('"', '\\"')}"`;
  const word = fc.string({ unit: fc.constantFrom(...Array.from('ab1,.é" ()<=')), minLength: 1 });
  const key = fc
    .stringMatching(/^[a-z][a-z_.]{0,8}$/)
    .filter((text) => !/^(?:and|or|not)$/.test(text));
  const operator = fc.constantFrom<Operator>('=', '!=', '<', '<=', '>', '>=', '~', '!~');
  const { tree } = fc.letrec<{ tree: Expression; leaf: Expression }>((tie) => ({
    leaf: fc.oneof(
      fc.record({
        kind: fc.constant('compare' as const),
        key,
        operator,
        value: word,
        valueAt: fc.constant(0),
      }),
      fc.record({ kind: fc.constant('has' as const), key }),
    ),
    tree: fc.oneof(
      { depthSize: 'small' },
      tie('leaf'),
      fc.record({ kind: fc.constant('not' as const), of: tie('tree') }),
      fc.record({
        kind: fc.constantFrom('and' as const, 'or' as const),
        of: fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
      }),
    ),
  }));
  const textOf = (expression: Expression): string => {
    switch (expression.kind) {
      case 'compare':
        return `${expression.key}${expression.operator}${quote(expression.value)}`;
      case 'has':
        return expression.key;
      case 'not':
        return `not (${textOf(expression.of)})`;
      case 'and':
      case 'or':
        return expression.of.map((each) => `(${textOf(each)})`).join(` ${expression.kind} `);
    }
  };

  it('reads back what any expression is written as', () => {
    const withoutPlaces = (expression: Expression) =>
      JSON.parse(JSON.stringify(expression).replaceAll(/"valueAt":\d+/g, '"valueAt":0')) as unknown;
    fc.assert(
      fc.property(tree, (expression) => {
        expect(withoutPlaces(parseWhere(textOf(expression)))).toEqual(expression);
      }),
    );
  });

  it('reads any text or shows a place in it', () => {
    const text = fc.string({
      unit: fc.constantFrom(...Array.from('ab19 ()"\'=!<>~&|,“\nnotandor')),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, (typed) => {
        try {
          parseWhere(typed);
        } catch (error) {
          expect(error).toBeInstanceOf(LogsError);
          const [, shown = '', caret = ''] = (error as LogsError).message.split('\n').slice(-3);
          expect(shown).toHaveLength(typed.length + 2);
          expect(caret.indexOf('^')).toBeLessThanOrEqual(typed.length + 2);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
