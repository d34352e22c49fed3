import { expect, it } from 'vitest';
import { quoteCommand } from './quote.ts';

it.each([
  [['geth', '--identity', 'my node'], "geth --identity 'my node'"],
  [['geth', '--http.port=8545', '~', ''], "geth --http.port=8545 '~' ''"],
  [['geth', "it's"], String.raw`geth 'it'\''s'`],
  [['A=b', 'A=b'], "'A=b' A=b"],
  [['if', 'if'], "'if' if"],
  [['=b', 'iffy'], '=b iffy'],
])('quotes %j', (words, line) => {
  expect(quoteCommand(words)).toBe(line);
});
