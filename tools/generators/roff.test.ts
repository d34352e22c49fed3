import { describe, expect, it } from 'vitest';
import { commandLine, head, item, paragraphs, prose, section, usage } from './roff.ts';

describe('prose', () => {
  it.each([
    ['--no-wait', String.raw`\-\-no\-wait`],
    ['a \\ b', String.raw`a \(rs b`],
    ['the node\'s "end"', String.raw`the node\(aqs \(dqend\(dq`],
    ['~/x^2', String.raw`\(ti/x\(ha2`],
    ['.bashrc of a user', String.raw`\&.bashrc of a user`],
    ["'quoted'", String.raw`\(aqquoted\(aq`],
    ['http(s)://…', 'http(s)://...'],
    ['1 µs → 2 😀', String.raw`1 \[u00B5]s \[u2192] 2 \[u1F600]`],
  ])('shows %s as it is', (text, roff) => {
    expect(prose(text)).toBe(roff);
  });

  it('shows what stands between backticks in bold', () => {
    expect(prose('Without `--`, as `start` says')).toBe(
      String.raw`Without \fB\-\-\fR, as \fBstart\fR says`,
    );
    expect(prose('`.x` . `y`')).toBe(String.raw`\fB.x\fR . \fBy\fR`);
  });
});

it.each([
  ['-n, --lines N', String.raw`\fB\-n\fR, \fB\-\-lines\fR \fIN\fR`],
  ['--strict[=BOOL]', String.raw`\fB\-\-strict\fR[=\fIBOOL\fR]`],
  ['--restart on-failure|never', String.raw`\fB\-\-restart\fR \fBon\-failure\fR|\fBnever\fR`],
  ['--addr HOST:PORT', String.raw`\fB\-\-addr\fR \fIHOST\fR:\fIPORT\fR`],
  ['[options] [-- NODE-OPTIONS…]', String.raw`[\fIoptions\fR] [\fB\-\-\fR \fINODE\-OPTIONS\fR...]`],
])('a usage tells what is typed as it stands from what is filled in: %s', (text, roff) => {
  expect(usage(text)).toBe(roff);
});

describe('a page', () => {
  it('bears a version and no date', () => {
    expect(head('app-start', '1.2.0')[0]).toBe(
      String.raw`.TH APP\-START 1 "" "wemixvisor 1.2.0" "wemixvisor manual"`,
    );
  });

  it('has no section without content, and no paragraph that a section has begun already', () => {
    expect(section('OPTIONS', [])).toEqual([]);
    expect(section('NOTES', paragraphs(['one', 'two']))).toEqual([
      '.SH NOTES',
      'one',
      '.PP',
      'two',
    ]);
    expect(section('NOTES', item('x', ['one', 'two']))).toEqual([
      ...['.SH NOTES', '.TP', 'x', 'one', '.br', 'two'],
    ]);
  });
});

describe('commandLine', () => {
  const shown = (line: string) => commandLine(line).slice(2, -2);

  it('leaves what has room in one line, up to its last column', () => {
    const line = `app ${'x'.repeat(63)}`;
    expect(shown(line)).toEqual([line]);
    expect(shown(`${line}x`)).toEqual([String.raw`app \(rs`, `    ${'x'.repeat(64)}`]);
  });

  it('shows a command that begins with a dot', () => {
    expect(shown('. ~/.profile')).toEqual([String.raw`\&. \(ti/.profile`]);
  });

  it('breaks a longer one where a shell reads on, not within quotes nor before the file of a redirection', () => {
    const line = `app run --title 'one two three' --text "four five six" seven eight > file.txt`;
    expect(shown(line)).toEqual([
      String.raw`app run \-\-title \(aqone two three\(aq \-\-text \(dqfour five six\(dq seven \(rs`,
      '    eight > file.txt',
    ]);
  });
});
