import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { compileTests, createFold, readLog, summarizeLog, writeLog } from '../src/index.ts';
import { at, read, writeThreeParts } from './support/three-parts.ts';

describe('conditions', () => {
  it('hold over all parts of a log, with every other filter', async () => {
    await using home = await temporaryDirectory();
    const lines = await writeThreeParts(home.path);
    const log = { directory: home.path, name: 'node' };
    const few = compileTests({ where: 'peers<1' }).tests;
    const fitting = lines.filter((line) => line.includes('peers=0'));
    expect(await read({ ...log, tests: few })).toEqual(fitting);
    expect(await read({ ...log, tests: few, lines: 5 })).toEqual(fitting.slice(-5));
    expect(await read({ ...log, tests: few, grep: '99', level: 'warn' })).toEqual(
      fitting.filter((line) => line.startsWith('WARN') && line.includes('99')),
    );
    expect(await read({ ...log, tests: few, grep: '[1-9]', invert: true })).toEqual([]);
    expect(await read({ ...log, tests: few, since: at(1000), until: at(1010) })).toEqual(
      fitting.filter((line) => /line 10(?:0\d|10) /.test(line)),
    );
    const written: Buffer[] = [];
    await writeLog({ ...log, tests: few }, (bytes) => void written.push(Buffer.from(bytes)));
    expect(Buffer.concat(written).toString()).toBe(`${fitting.join('\n')}\n`);
  });

  it('hold for what is followed, and for fields in a format of the caller', async () => {
    await using home = await temporaryDirectory();
    const file = join(home.path, 'node.log');
    writeFileSync(file, '1;one\n2;two\n');
    const parse = (text: string) => {
      const [, number = '', message = ''] = /^(\d);(.*)$/.exec(text) ?? [];
      return { message, fields: { number } };
    };
    const finish = new AbortController();
    const { tests } = compileTests({ where: 'number>1', message: 'T', ignoreCase: true });
    const options = { directory: home.path, name: 'node', follow: true, parse, tests };
    const found: string[] = [];
    for await (const { message } of readLog({ ...options, finish: finish.signal })) {
      found.push(message);
      if (message === 'two') appendFileSync(file, '3;three\n4;four\n0;tonight\n5;tomorrow\n');
      if (message === 'tomorrow') finish.abort();
    }
    expect(found).toEqual(['two', 'three', 'tomorrow']);
  });

  it('leave out and count the lines that are muted among those shown', async () => {
    await using home = await temporaryDirectory();
    const lines = await writeThreeParts(home.path);
    const log = { directory: home.path, name: 'node' };
    const muted = compileTests({ mute: ['peers=[1-5]$', 'continued'] });
    const shown = lines.filter((line) => /peers=[06]$/.test(line)).slice(-4);
    expect(await read({ ...log, tests: muted.tests, lines: 4 })).toEqual(shown);
    expect(muted.muted()).toBe(lines.length - lines.indexOf(shown[0] ?? '') - 4);
    const all = compileTests({ mute: ['.'], where: 'peers=0' });
    expect(await read({ ...log, tests: all.tests })).toEqual([]);
    expect(all.muted()).toBe(lines.filter((line) => line.includes('peers=0')).length);
  });
});

describe('summaries of a log', () => {
  it('say the same of the bytes of records as of what is parsed', async () => {
    await using home = await temporaryDirectory();
    await writeThreeParts(home.path);
    const log = { directory: home.path, name: 'node' };
    const parsed = { ...log, parse: () => null };
    for (const as of ['stats', 'errors', 'map'] as const) {
      const [fast, slow] = [summarizeLog({ as }), summarizeLog({ as })];
      for await (const record of readLog({ ...log, shared: true })) fast.add('node', record);
      for await (const record of readLog(parsed)) slow.add('node', record);
      expect(fast.json()).toEqual(slow.json());
    }
    const fold = createFold();
    let shown = 0;
    for await (const record of readLog(log)) shown += fold.take(record).isShown ? 1 : 0;
    expect(shown).toBe(2);
  });
});
