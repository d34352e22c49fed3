import { existsSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { darwin, type Query } from './darwin.ts';

/** What ps(1) prints for `-o state=,lstart=,comm=`, in its column widths. */
const lines: Record<string, string> = {
  '501': 'S    Mon Nov 23 09:05:01 2026     /usr/local/bin/geth\n',
  '502': 'R+   Tue Dec  1 19:05:01 2026     /Applications/My Node.app/Contents/MacOS/geth\n',
  '503': 'Z    Mon Nov 23 09:05:01 2026     (geth)\n',
};

const asked: string[] = [];
const query: Query = (file, args) => {
  asked.push(file);
  if (file.endsWith('sysctl')) return '8F2C1B7E-0A7B-4B43-9B8C-3F5B1D0C9A11\n';
  const pid = args.at(-1) ?? '';
  return args.includes('command=') ? `geth --datadir ${pid}\n` : lines[pid];
};

describe('darwin', () => {
  it('reads start time, boot and executable from ps', () => {
    expect(darwin(query).identify(501)).toEqual({
      pid: 501,
      startTime: 'Mon Nov 23 09:05:01 2026',
      bootId: '8F2C1B7E-0A7B-4B43-9B8C-3F5B1D0C9A11',
      executable: '/usr/local/bin/geth',
    });
  });

  it('understands paths with blanks and days with one digit', () => {
    expect(darwin(query).identify(502)).toMatchObject({
      startTime: 'Tue Dec 1 19:05:01 2026',
      executable: '/Applications/My Node.app/Contents/MacOS/geth',
    });
  });

  it('takes a zombie and an unknown pid for gone', () => {
    expect(darwin(query).identify(503)).toBeUndefined();
    expect(darwin(query).identify(504)).toBeUndefined();
    expect(darwin(() => 'ps: no such thing').identify(501)).toBeUndefined();
  });

  it.each([
    '501 S Mon Nov 23 09:05:01 2026 /usr/local/bin/geth of another line',
    'S    Mon Nov 23 09:05:01     /usr/local/bin/geth\n',
    'S    Mon Nov 23 09:05:01 2026     \n',
  ])('takes a line that is not as it should be for nobody: %j', (line) => {
    expect(darwin(() => line).identify(501)).toBeUndefined();
  });

  it('reads columns that are parted by more than one blank', () => {
    const line = '  Ss   Tue  Dec   1  19:05:01   2026   /bin/geth  \n';
    const identity = darwin((file) => (file === '/bin/ps' ? line : undefined)).identify(501);
    expect(identity).toEqual({
      pid: 501,
      startTime: 'Tue Dec 1 19:05:01 2026',
      bootId: '',
      executable: '/bin/geth',
    });
  });

  it('takes any state that begins with Z for a zombie', () => {
    const line = 'Z+    Mon Nov 23 09:05:01 2026     (geth)\n';
    expect(darwin(() => line).identify(501)).toBeUndefined();
  });

  it('asks ps and sysctl for exactly what it reads', () => {
    const told: string[] = [];
    const platform = darwin((file, args) => {
      told.push([file, ...args].join(' '));
      return lines['501'];
    });
    platform.identify(501);
    platform.usage(501);
    platform.commandLine(501);
    expect(told).toEqual([
      '/bin/ps -o state=,lstart=,comm= -p 501',
      '/usr/sbin/sysctl -n kern.bootsessionuuid',
      '/bin/ps -o time=,rss= -p 501',
      '/bin/ps -ww -o command= -p 501',
    ]);
  });

  it('asks for the boot once', () => {
    asked.length = 0;
    const platform = darwin(query);
    platform.identify(501);
    platform.identify(502);
    expect(asked.filter((file) => file.endsWith('sysctl'))).toHaveLength(1);
  });

  it('reads the arguments from ps', () => {
    expect(darwin(query).commandLine(501)).toBe('geth --datadir 501\n');
  });

  it.each([
    ['  0:01.50   2048\n', 1_500, 2_097_152],
    ['12:34.56 45678\n', 754_560, 46_774_272],
    ['1:02:03 1\n', 3_723_000, 1024],
    ['2-00:00:01.00 1\n', 172_801_000, 1024],
    ['12-03:00:00   1  \n', 1_047_600_000, 1024],
  ])('reads what a process has used from %j', (line, cpuMs, residentBytes) => {
    expect(darwin(() => line).usage(501)).toEqual({ cpuMs, residentBytes });
  });

  it('knows no usage of a process that is gone', () => {
    expect(darwin(() => undefined).usage(501)).toBeUndefined();
    for (const line of ['- -', 'x 0:01.50 2048', '0:01.50 2048 x', '0:01.50']) {
      expect(darwin(() => line).usage(501), line).toBeUndefined();
    }
  });

  it('finds who has a file open for writing by what lsof prints of it', () => {
    const fields = `p501\nf1\naw\nf2\naw\np502\nf7\nar\np503\nf3\nau\np${process.pid}\nf9\naw\n`;
    const told: string[] = [];
    const platform = darwin((file, args) => {
      told.push([file, ...args].join(' '));
      return fields;
    });
    expect(platform.writersOf('/logs/node.log')).toEqual([501, 503]);
    expect(told).toEqual(['/usr/sbin/lsof -w -F pfa -- /logs/node.log']);
    expect(darwin(() => undefined).writersOf('/logs/node.log')).toEqual([]);
  });

  it('tells the paths of bound streams by what netstat prints of all', () => {
    const table = [
      'Active LOCAL (UNIX) domain sockets',
      'Address          Type   Recv-Q Send-Q            Inode             Conn             Refs          Nextref Addr',
      'c4b0e2c1a6c3d4a9 stream      0      0 c4b0e2c1b1e3f7d1                0                0                0 /Users/op/My Node/run/control.sock',
      'c4b0e2c1a6c3d4b1 stream      0      0                0 c4b0e2c1a6c3d4a9                0                0 /Users/op/My Node/run/control.sock',
      'c4b0e2c1a6c3d5a1 stream      0      0                0 c4b0e2c1a6c3cfd1                0                0',
      'c4b0e2c1a6c3d6f1  dgram      0      0                0 c4b0e2c1a6c3cfd1                0 c4b0e2c1a6c3cfd1 /var/run/syslog',
    ];
    const told: string[] = [];
    const platform = darwin((file, args) => {
      told.push([file, ...args].join(' '));
      return `${table.join('\n')}\n`;
    });
    expect(platform.listeningSockets()).toEqual(['/Users/op/My Node/run/control.sock']);
    expect(told).toEqual(['/usr/sbin/netstat -n -a -f unix']);
    expect(darwin(() => undefined).listeningSockets()).toEqual([]);
  });

  it('finds the members of process groups by what ps prints of all', () => {
    const all = [
      '  501   501 S    Mon Nov 23 09:05:01 2026     /bin/sh',
      '  501   502 S+   Mon Nov 23 09:05:02 2026     /opt/My Node/geth',
      '  501   503 Z    Mon Nov 23 09:05:02 2026     (geth)',
      ' 5010   504 S    Mon Nov 23 09:05:02 2026     /bin/other',
      '  600   601 S    Tue Nov 24 09:05:02 2026     /bin/third',
      'ps: nonsense',
    ];
    const told: string[] = [];
    const platform = darwin((file, args) => {
      told.push([file, ...args].join(' '));
      return file === '/bin/ps' ? `${all.join('\n')}\n` : 'B00T\n';
    });
    const bootId = 'B00T';
    expect(platform.membersOf([501, 600])).toEqual([
      { pid: 501, startTime: 'Mon Nov 23 09:05:01 2026', bootId, executable: '/bin/sh' },
      { pid: 502, startTime: 'Mon Nov 23 09:05:02 2026', bootId, executable: '/opt/My Node/geth' },
      { pid: 601, startTime: 'Tue Nov 24 09:05:02 2026', bootId, executable: '/bin/third' },
    ]);
    expect(told[0]).toBe('/bin/ps -axo pgid=,pid=,state=,lstart=,comm=');
    expect(darwin(() => undefined).membersOf([501])).toEqual([]);
  });

  it('looks cheaply whether a pid is in use', () => {
    expect(darwin(query).mayExist(process.pid)).toBe(true);
    expect(darwin(query).mayExist(1)).toBe(true);
    expect(darwin(query).mayExist(2 ** 30)).toBe(false);
  });

  it('gives nothing where its programs fail', () => {
    expect(darwin().identify(2 ** 30)).toBeUndefined();
  });
});

describe('darwin on a machine whose ps can be asked', () => {
  it.runIf(existsSync('/bin/ps'))(
    'finds this process, in the language and time zone it reads',
    () => {
      const { pid } = process;
      const platform = darwin();
      expect(platform.identify(pid)?.startTime).toMatch(/^\w{3} \w{3} \d+ \d\d:\d\d:\d\d \d{4}$/);
      expect(platform.identify(pid)).toEqual(platform.identify(pid));
      expect(platform.commandLine(pid)).toContain('node');
      expect(platform.usage(pid)?.residentBytes).toBeGreaterThan(1_000_000);
    },
  );

  it('takes a process that may not be signalled for one that exists', () => {
    const refused = Object.assign(new Error('EPERM'), { code: 'EPERM' });
    const kill = vi.spyOn(process, 'kill').mockImplementation(() => {
      throw refused;
    });
    expect(darwin().mayExist(1)).toBe(true);
    refused.code = 'ESRCH';
    expect(darwin().mayExist(1)).toBe(false);
    kill.mockRestore();
  });
});
