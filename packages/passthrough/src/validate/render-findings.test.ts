import { describe, expect, it } from 'vitest';
import { renderFindings } from './render-findings.ts';
import type { Finding } from './finding.ts';

const finding = (overrides: Partial<Finding> = {}): Finding => ({
  code: 'bad-value',
  severity: 'error',
  position: 1,
  flag: null,
  replacement: null,
  fix: null,
  message: 'That is wrong.',
  remedy: 'Mend it.',
  ...overrides,
});

const plain = (argv: readonly string[], ...findings: readonly Finding[]) =>
  renderFindings(argv, findings, { colour: false });

describe('renderFindings', () => {
  it('puts a caret under the word', () => {
    expect(plain(['--cache', '1x', '--http'], finding())).toBe(
      [
        'error: That is wrong. [bad-value]',
        '  --cache 1x --http',
        '          ^^',
        '  Mend it.',
        '',
      ].join('\n'),
    );
  });

  it('points at the quoted word', () => {
    expect(
      plain(['--identity', 'a b', 'x'], finding({ position: 2 }))
        .split('\n')
        .slice(1, 3),
    ).toEqual(["  --identity 'a b' x", '                   ^']);
  });

  it('shows no line where there is no word to point at', () => {
    expect(plain(['--http'], finding({ position: null }))).toBe(
      'error: That is wrong. [bad-value]\n  Mend it.\n',
    );
  });

  it('hides secrets and control characters', () => {
    const text = plain(['--nodekeyhex', 'c0ffee', 'a\n\u001b[31m\u202eb'], finding());
    expect(text).toContain('--nodekeyhex REDACTED');
    expect(text).toContain(String.raw`'a\u{a}\u{1b}[31m\u{202e}b'`);
    expect(text).not.toContain('\u001b');
  });

  it('keeps the caret in sight of a long command line', () => {
    const argv = [...Array.from({ length: 40 }, () => '--identity=x'), 'here', '--http'];
    const [, line = '', caret = ''] = plain(argv, finding({ position: 40 })).split('\n');
    expect(line.length).toBeLessThan(120);
    expect(line.slice(caret.indexOf('^'), caret.lastIndexOf('^') + 1)).toBe('here');
  });

  it('cuts a word that is longer than the terminal', () => {
    const [, line = '', caret = ''] = plain(['--identity', 'x'.repeat(500)], finding()).split('\n');
    expect(line.length).toBeLessThan(120);
    expect(caret.length).toBeLessThan(120);
    expect(line.charAt(caret.indexOf('^'))).toBe('x');
  });

  it('colours by severity', () => {
    const options = { colour: true };
    expect(renderFindings(['a', 'b'], [finding()], options)).toContain('\u001b[31merror\u001b[0m');
    expect(renderFindings(['a', 'b'], [finding({ severity: 'info' })], options)).toContain(
      '\u001b[36m^\u001b[0m',
    );
  });

  it('renders nothing for no findings', () => {
    expect(plain(['--http'])).toBe('');
  });
});
