import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceDescription } from './service-description.ts';
import { serviceFile } from './service-file.ts';
import { quotedCommand } from './systemd-quoting.ts';

const service = (overrides: Partial<ServiceDescription> = {}): ServiceDescription => ({
  description: 'keeps the queue running',
  label: 'com.example.queue',
  command: ['/usr/bin/node', '/opt/main.js', '--port', '80'],
  user: 'queue',
  stopTimeoutMs: 300_000,
  ...overrides,
});
const unit = (overrides: Partial<ServiceDescription> = {}) =>
  serviceFile('systemd', service(overrides));
const plist = (overrides: Partial<ServiceDescription> = {}) =>
  serviceFile('launchd', service(overrides));

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

describe('serviceFile for systemd', () => {
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

  it('gives the program its time to stop, in whole seconds, or for ever', () => {
    expect(unit()).toContain('\nTimeoutStopSec=300\n');
    expect(unit({ stopTimeoutMs: 1001 })).toContain('\nTimeoutStopSec=2\n');
    expect(unit({ stopTimeoutMs: 0 })).toContain('\nTimeoutStopSec=infinity\n');
  });

  it('signals the main process only', () => {
    expect(unit()).toContain('\nKillMode=process\n');
  });

  it('leaves a user to be named', () => {
    expect(unit()).toContain('\nUser=queue\n');
    expect(unit({ user: null })).not.toMatch(/^User=/m);
  });

  it('says where it comes from, limits files and gives up, only where that is asked for', () => {
    expect(unit()).toMatch(/^\[Unit\]\n/);
    expect(unit()).not.toMatch(/LimitNOFILE|RestartPreventExitStatus/);
    const asked = unit({ origin: 'By tool.', openFiles: 4096, permanentExitCodes: [64, 78] });
    expect(asked).toMatch(/^# By tool\.\n\[Unit\]\n/);
    expect(asked).toContain('\nLimitNOFILE=4096\nUMask');
    expect(asked).toContain('\nRestartPreventExitStatus=64 78\n');
  });

  it.each(['description', 'user', 'origin'])('lets no %s break the line', (name) => {
    const text = unit({ [name]: 'a\nExecStart=/bin/evil' });
    expect(text.match(/^ExecStart=/gm)).toHaveLength(1);
    expect(text).toContain('a?ExecStart=/bin/evil');
    expect(unit({ [name]: 'a\\' })).not.toMatch(/\\$/m);
  });

  it('waits for no message, and reloads by SIGHUP, unless it is told otherwise', () => {
    expect(unit()).toContain('\nType=exec\n');
    expect(unit()).not.toMatch(/Watchdog|NotifyAccess|TasksMax/);
    expect(unit()).toContain('\nExecReload=/bin/kill -HUP $MAINPID\n');
    const asked = unit({ notifies: true, reload: ['/x', 'reload', '$a'], tasks: 9 });
    for (const line of [
      'Type=notify',
      'NotifyAccess=all',
      'WatchdogSignal=SIGKILL',
      'ExecReload="/x" "reload" "$$a"',
      'TasksMax=9',
    ]) {
      expect(asked).toContain(`\n${line}\n`);
    }
  });

  describe('with a sandbox', () => {
    const boxed = (writable: readonly string[] | null, sharesTmp = false, command = '/usr/bin/x') =>
      unit({ sandbox: { writable, sharesTmp }, command: [command] });

    it('lets it write to its folders alone', () => {
      const text = boxed(['/srv/a b', '/d%']);
      expect(text).toContain('\nProtectSystem=strict\nReadWritePaths="/srv/a b" "/d%%"\n');
      expect(text).toMatch(/\nProtectHome=yes\nPrivateTmp=yes\n/);
      expect(unit()).not.toMatch(/^(?:Protect|ReadWrite|Private|SystemCall)/m);
    });

    it('keeps it from the system alone where its folders are not known', () => {
      const text = boxed(null, true);
      expect(text).toContain('\nProtectSystem=full\n');
      expect(text).not.toMatch(/^(?:ReadWritePaths|ProtectHome|PrivateTmp)=/m);
    });

    it.each(['/home/op/data', '/root/x', '/run/user/1'])(
      'hides no homes from who uses %s',
      (path) => {
        expect(boxed([path])).not.toMatch(/^ProtectHome/m);
        expect(boxed(['/srv'], false, path)).not.toMatch(/^ProtectHome/m);
        expect(boxed(['/srv', `/mnt${path}`])).toMatch(/^ProtectHome/m);
      },
    );

    it('shares the folder for temporary files with who uses it', () => {
      expect(boxed(['/srv'], true)).toContain('ReadWritePaths="/srv" "/tmp" "/var/tmp"\n');
      expect(boxed(['/tmp/x'])).toContain('ReadWritePaths="/tmp/x" "/tmp" "/var/tmp"\n');
      expect(boxed(['/srv'], true)).not.toMatch(/^PrivateTmp/m);
    });

    it('lets a program compile its code while it runs', () => {
      expect(boxed(['/srv'])).not.toMatch(/^MemoryDenyWriteExecute/m);
    });
  });

  it('takes no specifier from a description', () => {
    expect(unit({ description: 'at 100 %h' })).toContain('\nDescription=at 100 %%h\n');
  });
});

describe('serviceFile for launchd', () => {
  const stringsOf = (text: string) => {
    const [, inside = ''] = /<array>([\s\S]*)<\/array>/.exec(text) ?? [];
    return [...inside.matchAll(/<string>([^<>]*)<\/string>/g)].map(([, string = '']) =>
      string
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
        expect(stringsOf(plist({ command: ['/x', ...args] }))).toEqual(['/x', ...args]);
      }),
    );
  });

  it('refuses what XML cannot carry', () => {
    expect(() => plist({ command: ['/x', 'a\u0007b'] })).toThrow(
      new RangeError('"a\\u0007b" has a character that a plist cannot contain'),
    );
  });

  it('closes every element that it opens', () => {
    const open: string[] = [];
    const text = plist({ user: null, openFiles: 1 }).replaceAll(/<!--[\s\S]*?-->/g, '');
    for (const [, close, name = '', empty] of text.matchAll(/<(\/?)(\w+)[^>]*?(\/?)>/g)) {
      if (close === '/') expect(open.pop()).toBe(name);
      else if (empty !== '/') open.push(name);
    }
    expect(open).toEqual([]);
  });

  it('gives the program its time to stop, in whole seconds, or for ever', () => {
    expect(plist({ stopTimeoutMs: 1001 })).toMatch(/ExitTimeOut<\/key>\s*<integer>2</);
    expect(plist({ stopTimeoutMs: 0 })).toMatch(/ExitTimeOut<\/key>\s*<integer>0</);
  });

  it('has the label, and the user where there is one', () => {
    expect(plist()).toMatch(/<key>Label<\/key>\s*<string>com\.example\.queue</);
    expect(plist()).toMatch(/<key>UserName<\/key>\s*<string>queue</);
    expect(plist({ user: null })).not.toContain('<key>UserName');
  });

  it('says where it comes from and limits files only where that is asked for', () => {
    expect(plist()).not.toContain('ResourceLimits');
    const asked = plist({ origin: 'By tool --now -', openFiles: 4096 });
    expect(asked).toContain('\n<!-- By tool - -now -  -->\n<plist');
    expect(asked.match(/<key>NumberOfFiles<\/key><integer>4096</g)).toHaveLength(2);
  });
});
