import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteCommand } from './quote.ts';
import { splitCommand } from './split-command.ts';

describe('splitCommand', () => {
  it.each([
    ["geth --identity 'my node'", ['geth', '--identity', 'my node']],
    ['  geth\t--http\n', ['geth', '--http']],
    [String.raw`geth a\ b "c \"d\" \$e \f" ''`, ['geth', 'a b', String.raw`c "d" $e \f`, '']],
    ['geth \\\n  --http "a\\\nb"', ['geth', '--http', 'ab']],
    ['geth $HOME ~/x *.toml; #no', ['geth', '$HOME', '~/x', '*.toml;', '#no']],
    [`a'b'"c"d`, ['abcd']],
    ['', []],
    ['geth a\u00a0b\rc\fd', ['geth', 'a\u00a0b\rc\fd']],
  ])('reads %j', (text, words) => {
    expect(splitCommand(text)).toEqual({ words, problem: null });
  });

  it.each([
    ["geth 'my node", ['geth'], "the ' at character 6 is never closed"],
    ['geth a "b', ['geth', 'a'], 'the " at character 8 is never closed'],
    ['geth a\\', ['geth'], 'a backslash ends the text'],
  ])('says what is wrong with %j', (text, words, problem) => {
    expect(splitCommand(text)).toEqual({ words, problem });
  });

  it('reads back whatever quoteCommand wrote', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom("it's", '\\', '\n', '"', '', '$x', 'A=b'),
    );
    fc.assert(
      fc.property(fc.array(word), (words) => {
        expect(splitCommand(quoteCommand(words))).toEqual({ words, problem: null });
      }),
    );
  });
});
