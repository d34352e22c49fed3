import { describe, expect, it } from 'vitest';
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
  ])('reads what a process has used from %j', (line, cpuMs, residentBytes) => {
    expect(darwin(() => line).usage(501)).toEqual({ cpuMs, residentBytes });
  });

  it('knows no usage of a process that is gone', () => {
    expect(darwin(() => undefined).usage(501)).toBeUndefined();
    expect(darwin(() => '- -').usage(501)).toBeUndefined();
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
