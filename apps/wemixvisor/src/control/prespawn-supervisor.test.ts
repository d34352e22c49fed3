import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { parseCommandLine } from '../parse-command-line.ts';
import { homeToPrespawn } from './prespawn-supervisor.ts';

const surroundings = {
  env: {},
  cwd: '/place',
  homeDirectory: '/home/op',
  temporaryDirectory: '/tmp',
  uid: 1000,
};
const homeOf = (...own: readonly string[]) => homeToPrespawn(parseCommandLine(own), surroundings);

describe('homeToPrespawn', () => {
  it('finds the home of a start as the command itself will', () => {
    expect(homeOf('start')).toBe('/home/op/.wemixvisor');
    expect(homeOf('start', '--home', 'here')).toBe('/place/here');
    expect(homeOf('start', '--no-wait', '--home=/there', '--stop-timeout', '5m')).toBe('/there');
    const env = { DAEMON_HOME: '/daemon' };
    expect(homeToPrespawn(parseCommandLine(['start']), { ...surroundings, env })).toBe('/daemon');
  });

  it('bears words that no option is made of', () => {
    expect(homeOf('start', '--home')).toBe('/home/op/.wemixvisor');
    expect(homeOf('start', '--no-such-option', 'word', '-')).toBe('/home/op/.wemixvisor');
  });

  it('is of no use to other commands, in the foreground and for help', () => {
    expect(homeOf()).toBeUndefined();
    expect(homeOf('stop')).toBeUndefined();
    expect(homeOf('start', '--foreground')).toBeUndefined();
    expect(homeOf('start', '--help')).toBeUndefined();
    expect(homeOf('start', '-h')).toBeUndefined();
  });

  it('leaves a home alone that has a supervisor', async () => {
    await using home = await temporaryDirectory();
    mkdirSync(join(home.path, 'run'));
    writeFileSync(join(home.path, 'run', 'control.sock'), '');
    expect(homeOf('start', '--home', home.path)).toBeUndefined();
  });
});
