import { describe, expect, it } from 'vitest';
import { shapeOfLine, snippetsOf, stepsOf, strayFields } from './snippets.ts';

const page = [
  '# Page',
  '```sh',
  '# a remark',
  'wemixvisor start -- \\',
  '  --http',
  '',
  'wemixvisor status   # exits 3',
  '```',
  '```sh skip: needs root',
  'reboot',
  '```',
].join('\n');

describe('a page', () => {
  it('is read block by block, with line, language and note', () => {
    expect(snippetsOf(page)).toMatchObject([
      { line: 2, language: 'sh', note: '' },
      { line: 9, language: 'sh', note: 'skip: needs root', code: 'reboot\n' },
    ]);
  });

  it('is carried out command by command, each with the exit code that it promises', () => {
    expect(snippetsOf(page).slice(0, 1).flatMap(stepsOf)).toEqual([
      { line: 4, command: 'wemixvisor start -- \\\n  --http', exits: 0 },
      { line: 7, command: 'wemixvisor status   # exits 3', exits: 3 },
    ]);
  });
});

describe('output', () => {
  it('is the same whatever the numbers, spans and the home are', () => {
    const shape = shapeOfLine('Uptime:   2h 30m 45s, pid 17, /home/op/.wemixvisor', '/home/op');
    expect(shapeOfLine('Uptime: 3s, pid 4711, /tmp/x/.wemixvisor', '/tmp/x')).toBe(shape);
    expect(shapeOfLine('Uptime: 3s, PID 4711, /tmp/x/.wemixvisor', '/tmp/x')).not.toBe(shape);
  });

  it('may have more fields than are shown, and none less', () => {
    const real = { a: 1, b: [{ c: 'x' }], d: null, e: { f: true } };
    expect(strayFields({ a: 2, b: [{ c: 'y' }], d: { g: 1 }, e: null }, real)).toEqual([]);
    expect(strayFields({ a: '2', b: [{ h: 1 }], e: [], i: 0 }, real)).toEqual([
      ...['it.a', 'it.b[0].h', 'it.e', 'it.i'],
    ]);
  });
});
