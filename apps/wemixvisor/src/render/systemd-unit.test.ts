import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { launchdLabel, renderLaunchdPlist } from './launchd-plist.ts';
import { quotedCommand, renderSystemdUnit, type ServiceFacts } from './systemd-unit.ts';

const facts = (overrides: Partial<ServiceFacts> = {}): ServiceFacts => ({
  command: ['/usr/bin/node', '/opt/main.js', 'start', '--foreground', '--', '--http'],
  home: '/srv/node',
  user: 'geth',
  stopTimeoutMs: 300_000,
  ...overrides,
});

/** Reads a command line as systemd does: quotes, C escapes, then specifiers, then variables in all but the first word. */
function readBack(line: string): readonly string[] {
  const words = [...line.matchAll(/"((?:[^"\\]|\\.)*)"/gs)].map(([, inside = '']) => {
    const bytes = inside.replaceAll(/\\(x[0-9a-f]{2}|.)/gs, (_, code: string) =>
      code.length === 3 ? String.fromCodePoint(Number.parseInt(code.slice(1), 16)) : code,
    );
    return bytes.replaceAll('%%', '%');
  });
  return words.map((word, at) => (at === 0 ? word : word.replaceAll('$$', '$')));
}

// Without what no command line can hold, and what takes two bytes in the escaped form.
const word = fc.string({ unit: 'binary' }).map((text) => text.replaceAll(/[\0\u0080-\u009f]/g, ''));

describe('renderSystemdUnit', () => {
  it('quotes every word so that systemd reads it back', () => {
    fc.assert(
      fc.property(word, fc.array(word), (program, args) => {
        const command = [`/${program}`, ...args] as const;
        const line = quotedCommand([...command]);
        expect(line).not.toMatch(/[\n\r]/);
        expect(readBack(line)).toEqual(command);
      }),
    );
  });

  it.each([
    ['a b', '"a b"'],
    ['', '""'],
    ['100%', '"100%%"'],
    ['$HOME', '"$$HOME"'],
    [';', '";"'],
    ['say "x\\y"', '"say \\"x\\\\y\\""'],
    ['a\nb', '"a\\x0ab"'],
    ['ü', '"ü"'],
    ['\u0085', '"\\xc2\\x85"'],
  ])('quotes %j', (text, quoted) => {
    expect(quotedCommand(['/x', text])).toBe(`"/x" ${quoted}`);
  });

  it('waits longer than the grace period, and for ever where that is for ever', () => {
    expect(renderSystemdUnit(facts())).toContain('\nTimeoutStopSec=330\n');
    expect(renderSystemdUnit(facts({ stopTimeoutMs: 0 }))).toContain('\nTimeoutStopSec=infinity\n');
  });

  it('leaves a user to be named', () => {
    expect(renderSystemdUnit(facts())).toContain('\nUser=geth\n');
    expect(renderSystemdUnit(facts({ user: null }))).not.toMatch(/^User=/m);
  });

  it('lets no home break the line', () => {
    expect(renderSystemdUnit(facts({ home: '/a\nExecStart=/bin/evil %h' }))).toContain(
      '(/a?ExecStart=/bin/evil %%h)',
    );
  });
});

describe('renderLaunchdPlist', () => {
  const stringsOf = (plist: string) => {
    const [, inside = ''] = /<array>([\s\S]*)<\/array>/.exec(plist) ?? [];
    return [...inside.matchAll(/<string>([^<>]*)<\/string>/g)].map(([, text = '']) =>
      text
        .replaceAll('&#13;', '\r')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&amp;', '&'),
    );
  };

  it('writes every word so that it is read back', () => {
    const writable = fc
      .string({ unit: 'grapheme' })
      .map((text) => text.replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd]/g, ''));
    fc.assert(
      fc.property(fc.array(writable), (args) => {
        const plist = renderLaunchdPlist(facts({ command: ['/x', ...args] }));
        expect(stringsOf(plist)).toEqual(['/x', ...args]);
      }),
    );
  });

  it('refuses what XML cannot carry', () => {
    expect(() => renderLaunchdPlist(facts({ command: ['/x', 'a\u0007b'] }))).toThrow(
      'a plist cannot contain',
    );
  });

  it('closes every element that it opens', () => {
    const open: string[] = [];
    const plist = renderLaunchdPlist(facts({ user: null })).replaceAll(/<!--[\s\S]*?-->/g, '');
    for (const [, close, name = '', empty] of plist.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
      if (close === '/') expect(open.pop()).toBe(name);
      else if (empty !== '/') open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('waits longer than the grace period and names the service by its home', () => {
    const plist = renderLaunchdPlist(facts());
    expect(plist).toMatch(/ExitTimeOut<\/key>\s*<integer>330</);
    expect(plist).toContain(`<string>${launchdLabel('/srv/node')}</string>`);
    expect(launchdLabel('/Users/op/.wemixvisor/')).toBe('wemixvisor.Users.op.wemixvisor');
    expect(renderLaunchdPlist(facts({ stopTimeoutMs: 0 }))).toMatch(
      /ExitTimeOut<\/key>\s*<integer>0</,
    );
  });
});
