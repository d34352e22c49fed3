import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readLog, writeLog } from '../src/index.ts';
import { recordJson } from '../src/show/record-json.ts';

const word = fc.string({
  unit: fc.constantFrom(...Array.from('ab1_=" \\,.é\u0085\u00a0𝄞{}\u001b\t\u007f')),
  maxLength: 6,
});
const pairs = fc
  .array(fc.tuple(fc.oneof(word, fc.constantFrom('number', 'err', '1', '__proto__')), word), {
    maxLength: 4,
  })
  .map((list) => list.map(([key, value]) => ` ${key}=${value}`).join(''));
/** Of visible characters of ASCII alone. */
const plainWord = fc.string({ unit: fc.constantFrom(...Array.from('ab1_=,.{')), maxLength: 9 });
const plainPairs = fc
  .array(fc.tuple(fc.constantFrom('number', 'err', '1', '__proto__', 'a'), plainWord), {
    maxLength: 4,
  })
  .map((list) => list.map(([key, value]) => ` ${key}=${value}`).join(''));
const line = fc.oneof(
  fc
    .tuple(fc.constantFrom('INFO ', 'WARN ', 'ERROR'), plainWord, plainPairs)
    .map(([level, message, fields]) => `${level}[03-04|09:15:02.118] m${message} ${fields}`),
  fc
    .tuple(word, pairs)
    .map(([message, fields]) => `INFO [03-04|09:15:02.118] ${message} ${fields}`),
  fc
    .tuple(word, pairs)
    .map(([message, fields]) => `t=2026-03-04T09:15:02+0000 lvl=eror msg="${message}" ${fields}`),
  fc
    .tuple(word, fc.dictionary(word, fc.oneof(word, fc.integer())))
    .map(([msg, fields]) =>
      JSON.stringify({ t: '2026-03-04T09:15:02.118204Z', lvl: 'warn', msg, ...fields }),
    ),
  word,
  fc.constantFrom(
    'Fatal: no',
    'INFO [02-30|09:15:02.118] on no day',
    '{"lvl":"info","msg":"without a time","a":"x"}',
  ),
);

it('makes of the bytes of a record the JSON that it makes of what is parsed', async () => {
  await using home = await temporaryDirectory();
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 30 }), fc.boolean(), async (lines, isBare) => {
      // Of lines that have the same message and keys as those before, and the same minute, what is the same is made once.
      const alike = ['02.118', '03.009', '59.999', '60.000'];
      const text = lines
        .flatMap((each) => alike.map((second) => each.replace('02.118', second)))
        .flatMap((each) => [each, each.replace(/^INFO /, 'WARN ')])
        .join('\n');
      // Without any backslash there is a faster way.
      writeFileSync(join(home.path, 'node.log'), isBare ? text.replaceAll('\\', '/') : text);
      const log = { directory: home.path, name: 'node' };
      const expected: string[] = [];
      for await (const record of readLog({ ...log, shared: true }))
        expected.push(...recordJson('no"de', record));
      const written: Buffer[] = [];
      await writeLog({ ...log, json: 'no"de' }, (bytes) => void written.push(Buffer.from(bytes)));
      expect(Buffer.concat(written).toString()).toBe(expected.join(''));
    }),
    { numRuns: 300 },
  );
});
