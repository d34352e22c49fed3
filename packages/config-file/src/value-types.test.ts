import { describe, expect, it } from 'vitest';
import * as valueTypes from './value-types.ts';

const { absolutePath, address, command, duration, flag, headers, onOffOrDryRun } = valueTypes;
const { oneOf, path, period, rpcEndpoint, share, size, someOf, variables, webUrl } = valueTypes;
const { patterns, regularExpression, tableList, textOf, wholeNumber } = valueTypes;
const word = textOf(/^[a-z]+$/, 'a word');
const rules = tableList<{ readonly when: string }>(
  { when: regularExpression, name: { ...word, optional: true } },
  { most: 2, example: [{ when: 'x' }] },
);
const colour = oneOf('red', 'green');
const colours = someOf('red', 'green');
const positive = wholeNumber(1);

describe('the types of values', () => {
  it.each([
    ['period', period, '10ms', 10],
    ['period', period, '24d', 2_073_600_000],
    ['duration', duration, '1h30m', 5_400_000],
    ['duration', duration, 0, 0],
    ['rpcEndpoint', rpcEndpoint, 'http://127.0.0.1:8545', 'http://127.0.0.1:8545'],
    ['rpcEndpoint', rpcEndpoint, './geth.ipc', './geth.ipc'],
    ['rpcEndpoint', rpcEndpoint, 'ipc:geth.ipc', 'ipc:geth.ipc'],
    ['positive', positive, '1', 1],
    ['positive', positive, 3, 3],
    ['wholeNumber', wholeNumber(0), '0', 0],
    ['wholeNumber', wholeNumber(1, 500), '500', 500],
    ['wholeNumber', wholeNumber(1, 500), 1, 1],
    ['size', size(), '1MiB', 1_048_576],
    ['size', size(4096), '4KiB', 4096],
    ['share', share, '0.25', 0.25],
    ['share', share, '1.0', 1],
    ['share', share, 0, 0],
    ['path', path, 'geth', 'geth'],
    ['absolutePath', absolutePath, '/a', '/a'],
    ['command', command, '/bin/hook', ['/bin/hook']],
    ['command', command, ['/bin/hook', 'x'], ['/bin/hook', 'x']],
    ['command', command, [], []],
    ['oneOf', colour, 'green', 'green'],
    ['someOf', colours, 'red, green', ['red', 'green']],
    ['someOf', colours, ['green'], ['green']],
    ['webUrl', webUrl, 'https://example.org/hook', 'https://example.org/hook'],
    ['textOf', word, 'abc', 'abc'],
    ['regularExpression', regularExpression, '^a(b|c)$', '^a(b|c)$'],
    ['tableList', rules, [{ when: 'a', name: 'b' }], [{ when: 'a', name: 'b' }]],
    ['tableList', rules, '[{"when":"a"}]', [{ when: 'a' }]],
    ['tableList', rules, [], []],
    ['flag', flag, 'YES', true],
    ['flag', flag, 'off', false],
    ['flag', flag, false, false],
    ['onOffOrDryRun', onOffOrDryRun, 'dry-run', 'dry-run'],
    ['onOffOrDryRun', onOffOrDryRun, 'true', 'on'],
    ['onOffOrDryRun', onOffOrDryRun, '0', 'off'],
    ['address', address, '127.0.0.1:9101', '127.0.0.1:9101'],
    ['address', address, '[::1]:9101', '[::1]:9101'],
    ['address', address, '0.0.0.0:65535', '0.0.0.0:65535'],
    ['variables', variables, ['A=1', 'B='], ['A=1', 'B=']],
    ['variables', variables, { A: 'x', B: 1, C: false }, ['A=x', 'B=1', 'C=false']],
    ['patterns', patterns, ['^a|b', 'c'], ['^a|b', 'c']],
    ['patterns', patterns, 'a,b\nc\n', ['a,b', 'c']],
    ['headers', headers, ['X-Key: a, b'], ['X-Key: a, b']],
    [
      'headers',
      headers,
      'X-Key: k\nAuthorization: Bearer t\n',
      ['X-Key: k', 'Authorization: Bearer t'],
    ],
  ])('%s accepts %j', (_, type, given, value) => {
    expect(type.parse(given)).toEqual(value);
  });

  it.each([
    ['period', period, '9ms'],
    ['period', period, '0'],
    ['period', period, '25d'],
    ['period', period, 'soon'],
    ['period', period, 30_000],
    ['duration', duration, 300],
    ['duration', duration, '300'],
    ['rpcEndpoint', rpcEndpoint, 'localhost:8545'],
    ['rpcEndpoint', rpcEndpoint, 'ws://localhost/x'],
    ['rpcEndpoint', rpcEndpoint, 'http://'],
    ['rpcEndpoint', rpcEndpoint, ''],
    ['positive', positive, '0'],
    ['positive', positive, 0],
    ['patterns', patterns, ['(']],
    ['patterns', patterns, [1]],
    ['headers', headers, 'no colon'],
    ['headers', headers, ['X-Key: a\nInjected: b']],
    ['size', size(4096), '4095'],
    ['size', size(4096), 4095],
    ['size', size(), -1],
    ['size', size(), true],
    ['share', share, '1.1'],
    ['share', share, '.5'],
    ['share', share, 1.1],
    ['share', share, -0.1],
    ['share', share, true],
    ['wholeNumber', wholeNumber(1, 500), '0'],
    ['wholeNumber', wholeNumber(1, 500), 501],
    ['wholeNumber', wholeNumber(0), '1.5'],
    ['wholeNumber', wholeNumber(0), 1.5],
    ['path', path, ''],
    ['path', path, 3],
    ['absolutePath', absolutePath, 'a'],
    ['absolutePath', absolutePath, '/a\0'],
    ['command', command, 'hook'],
    ['command', command, ['/bin/hook', '\0']],
    ['command', command, ['/bin/hook', 1]],
    ['oneOf', colour, 'blue'],
    ['someOf', colours, 'red,blue'],
    ['someOf', colours, 3],
    ['webUrl', webUrl, 'ftp://example.org'],
    ['webUrl', webUrl, 'example.org'],
    ['textOf', word, 'a b'],
    ['textOf', word, 7],
    ['regularExpression', regularExpression, '('],
    ['regularExpression', regularExpression, ''],
    ['tableList', rules, [{ name: 'b' }]],
    ['tableList', rules, '[{"when":"a"'],
    ['tableList', rules, '{"when":"a"}'],
    ['tableList', rules, 7],
    ['flag', flag, 'maybe'],
    ['flag', flag, 1],
    ['onOffOrDryRun', onOffOrDryRun, 'perhaps'],
    ['onOffOrDryRun', onOffOrDryRun, null],
    ['address', address, 'localhost'],
    ['address', address, '127.0.0.1:0'],
    ['address', address, '127.0.0.1:65536'],
    ['address', address, '::1:9101'],
    ['variables', variables, ['1A=1']],
    ['variables', variables, 'A=1'],
    ['variables', variables, { A: ['x'] }],
    ['variables', variables, { '1A': 'x' }],
    ['variables', variables, null],
  ])('%s refuses %j', (_, type, given) => {
    expect(type.parse(given)).toBeUndefined();
  });

  it('names the variable of a table that is none', () => {
    expect(variables.why?.({ A: 'x', B: ['y'] })).toMatch(/^B is no variable: /);
    expect(variables.why?.({ '1A': 'x' })).toMatch(/^1A is no variable: /);
    for (const other of [['1A=1'], { A: 'x' }, 'A', null]) {
      expect(variables.why?.(other)).toBeUndefined();
    }
  });

  it.each([
    [size(4096), 'a size from 4 KiB, like 100MiB, 2GiB or 500KB'],
    [size(), 'a size like 100MiB, 2GiB or 500KB'],
    [wholeNumber(0), 'a whole number from 0'],
    [wholeNumber(1, 500), 'a whole number from 1 to 500'],
    [colour, 'one of red, green'],
    [colours, 'some of red, green'],
    [rules, 'a list of { when, name }'],
  ])('say what they expect', ({ expected }, words) => {
    expect(expected).toBe(words);
  });

  it('have a placeholder, and accept their own example', () => {
    const all = [...Object.values(valueTypes)].filter((type) => typeof type !== 'function');
    expect(all.length).toBeGreaterThan(10);
    for (const { placeholder, example } of [...all, colour, colours, size(), positive]) {
      expect(placeholder).toMatch(/^\S/);
      const own = all.find((type) => type.example === example) ?? colour;
      if (example !== undefined) expect(own.parse(example)).toEqual(example);
    }
  });

  it.each([
    [[{ when: 'a' }, { wen: 'a' }], 'number 2: wen is not a field of it: did you mean when?'],
    [[{ something: 1 }], 'number 1: something is not a field of it'],
    [[{ when: '(' }], 'number 1: its when is not a regular expression'],
    [[{ when: 'a', name: 'B' }], 'number 1: its name is not a word'],
    [[null], 'number 1: its when is not a regular expression'],
    [[{ when: 'a' }, { when: 'a' }, { when: 'a' }], '3 are more than 2'],
    [[{ when: 'a' }], undefined],
    ['no JSON', undefined],
  ])('say what is wrong with a list of tables: %j', (list, why) => {
    expect(rules.why?.(list)).toBe(why);
    expect(rules.example?.map(({ when }) => when)).toEqual(['x']);
  });
});
