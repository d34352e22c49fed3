import { describe, expect, it } from 'vitest';
import { exactCommandLine } from './exact-command-line.ts';

const file = (...words: readonly string[]) =>
  Buffer.from(words.map((word) => `${word}\0`).join(''), 'latin1');
const utf8 = (text: string) => Buffer.from(text).toString('latin1');
const asked: string[] = [];
const kernel = (files: { readonly cmdline?: Buffer; readonly environ?: Buffer }) => {
  asked.length = 0;
  return (name: 'cmdline' | 'environ') => {
    asked.push(name);
    const content = files[name];
    if (content === undefined) throw new Error('ENOENT');
    return content;
  };
};
const silent = kernel({});

describe('exactCommandLine', () => {
  it('asks nobody where all is text', () => {
    const given = { argv: ['node', 'main', 'start', 'ü'], env: { A: '€', B: undefined } };
    expect(exactCommandLine(given, silent)).toEqual({ args: ['start', 'ü'], env: given.env });
    expect(asked).toEqual([]);
  });

  it('takes arguments from the kernel, past the options of Node', () => {
    const cmdline = file('node', '--flag', 'main', '', 'a\xff', utf8('\ufffd'), utf8('ü'), 'b\xfe');
    const argv = ['/bin/node', '/main', '', 'a\ufffd', '\ufffd', 'ü', 'b\ufffd'];
    const { args } = exactCommandLine({ argv, env: {} }, kernel({ cmdline }));
    expect(args).toEqual(['', 'a\udcff', '\ufffd', 'ü', 'b\udcfe']);
    expect(asked).toEqual(['cmdline']);
  });

  it('refuses an argument of unknown bytes with its place, and no other', () => {
    const given = { argv: ['node', 'main', 'start', '--', 'a\ufffd'], env: {} };
    const place = {
      code: 'BYTES_UNKNOWN',
      message: expect.stringContaining('argument 3 (a\ufffd)'),
    };
    expect(() => exactCommandLine(given, silent)).toThrow(expect.objectContaining(place));
    const other = kernel({ cmdline: file('node', 'main', 'of', 'another', 'process') });
    expect(() => exactCommandLine(given, other)).toThrow(expect.objectContaining(place));
  });

  it('takes variables from the kernel, their names too', () => {
    const environ = file('A=1', 'B=\xff=', 'n\xfe=v', `C=${utf8('\ufffd')}`, 'A=2', 'B=second');
    const env = { A: 'changed', B: '\ufffd=', 'n\ufffd': undefined, C: '\ufffd' };
    expect(exactCommandLine({ argv: [], env }, kernel({ environ })).env).toEqual({
      A: 'changed',
      B: '\udcff=',
      'n\udcfe': 'v',
      C: '\ufffd',
    });
    expect(asked).toEqual(['environ']);
  });

  it('takes a variable from the kernel that Node lists by its name alone', () => {
    const env = Object.defineProperty({ A: '1' }, 'n\ufffd', { value: undefined });
    const { env: exact } = exactCommandLine(
      { argv: [], env },
      kernel({ environ: file('A=1', 'n\xfe=v') }),
    );
    expect(exact).toEqual({ A: '1', 'n\udcfe': 'v' });
  });

  it('gives a variable of unknown bytes a value that stands for none', () => {
    const env = { A: '1', B: '\ufffd' };
    expect(exactCommandLine({ argv: [], env }, silent).env).toEqual({ A: '1', B: '\udc00' });
  });
});
