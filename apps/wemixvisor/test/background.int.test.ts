import { existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { waitFor } from '@wemixvisor/testkit';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { resolveSettings } from '../src/settings/resolve-settings.ts';
import type { SupervisorReport } from '../src/control/spawn-supervisor.ts';
import { workplace, type Workplace } from './workplace.ts';

// Descriptor 3 is the reporting line of a supervisor in a process of its own; in this one it is somebody else's.
const line = vi.hoisted(() => ({ descriptor: -1 }));
vi.mock(import('../src/control/spawn-supervisor.ts'), async (original) => ({
  ...(await original()),
  get reportDescriptor() {
    return line.descriptor as 3;
  },
}));

const { settings } = resolveSettings({ options: {}, environment: {} });

/** Begins `supervise` in this process; `report` reads what it says of its start. */
function supervising(place: Workplace, { pid = process.pid } = {}) {
  const file = join(place.path, `report-${pid}.json`);
  line.descriptor = openSync(file, 'w');
  const stdin = new PassThrough().end(JSON.stringify(settings));
  const command = place.beginAs({ stdin, pid }, 'supervise');
  return {
    command,
    report: () => waitFor(() => JSON.parse(readFileSync(file, 'utf8')) as SupervisorReport),
  };
}

/** A program that stands in for this one: with its settings it notes how it was called, waits for a file, and then says something. */
function saying(report: unknown, awaited: string, note: string): readonly [string, ...string[]] {
  const script = `
    const fs = require('node:fs');
    JSON.parse(fs.readFileSync(0, 'utf8'));
    fs.writeFileSync(${JSON.stringify(note)}, process.argv.slice(1).join(' '));
    const look = setInterval(() => {
      if (!fs.existsSync(${JSON.stringify(awaited)})) return;
      clearInterval(look);
      fs.writeSync(3, ${JSON.stringify(JSON.stringify(report))});
    }, 5);`;
  return [process.execPath, '-e', script];
}

beforeEach(() => {
  line.descriptor = -1;
});

describe('a supervisor in the background', () => {
  it('says that it listens, serves until its node was stopped, and ends', async () => {
    const place = await workplace();
    const { command, report } = supervising(place);
    expect(await report()).toEqual({ ready: true, notices: [] });
    command.signal('SIGHUP');
    const started = await place.run('start', '--', ...place.nodeArguments);
    expect(started).toMatchObject({ code: 0, stderr: '' });
    expect(started.stdout).toMatch(
      /^the node is running \(pid \d+\) and answers on .*geth\.ipc\n$/,
    );
    expect((await place.run('stop')).code).toBe(0);
    expect((await command.done).code).toBe(0);
    expect(await place.status()).toMatchObject({ state: 'stopped', supervisor_pid: null });
  });

  it('leaves the node when it is told to end, and the next one takes it up', async () => {
    const place = await workplace();
    const first = supervising(place);
    await first.report();
    await place.run('start', '--', ...place.nodeArguments);
    const { pid } = await place.status();
    first.command.signal('SIGTERM');
    expect((await first.command.done).code).toBe(0);
    expect(await place.status()).toMatchObject({ state: 'running', pid, supervisor_pid: null });
    const second = supervising(place);
    expect(await second.report()).toEqual({
      ready: true,
      notices: [`took over the running node (pid ${pid ?? 0})`],
    });
    expect(await place.status()).toMatchObject({ pid, adopted: true });
  });

  it('says that another one has the home', async () => {
    const place = await workplace();
    const first = supervising(place);
    await first.report();
    await place.run('start', '--', ...place.nodeArguments);
    const second = supervising(place, { pid: process.ppid });
    expect(await second.report()).toEqual({
      ready: false,
      held: true,
      error: `supervisor ${process.pid} already has ${place.paths.home}: wemixvisor status shows its node, wemixvisor logs -f follows it`,
    });
    expect((await second.command.done).code).toBe(1);
  });
});

describe('a start without a supervisor', () => {
  it('starts one, says what that one has to say, and asks it', async () => {
    const place = await workplace();
    const note = join(place.path, 'note');
    const self = saying(
      { ready: true, notices: ['set something aside'] },
      place.paths.socket,
      note,
    );
    const start = place.beginAs({ self }, 'start', '--', ...place.nodeArguments);
    const words = await waitFor(() => readFileSync(note, 'utf8'));
    expect(words).toBe(`supervise --home ${place.paths.home}`);
    await supervising(place).report();
    const { code, stdout, stderr } = await start.done;
    expect(stderr).toBe('set something aside\n');
    expect(stdout).toContain('the node is running');
    expect(code).toBe(0);
  });

  it('asks the one that another start brought up meanwhile', async () => {
    const place = await workplace();
    const note = join(place.path, 'note');
    const self = saying({ ready: false, held: true, error: 'held' }, place.paths.socket, note);
    const start = place.beginAs({ self }, 'start', '--', ...place.nodeArguments);
    await waitFor(() => existsSync(note));
    await supervising(place).report();
    expect(await start.done).toMatchObject({ code: 0, stderr: '' });
  });

  it('passes on why there can be none', async () => {
    const place = await workplace();
    const self = saying(
      { ready: false, held: false, error: 'cannot use the home' },
      place.path,
      join(place.path, 'note'),
    );
    const { code, stderr } = await place.runAs({ self }, 'start', '--', ...place.nodeArguments);
    expect(stderr).toBe('wemixvisor: cannot use the home\n');
    expect(code).toBe(1);
  });

  it('tells where to look when it ended without a word', async () => {
    const place = await workplace();
    const self = [process.execPath, '-e', ''] as const;
    const { code, stderr } = await place.runAs({ self }, 'start', '--', ...place.nodeArguments);
    expect(stderr).toBe(
      `wemixvisor: the supervisor ended without a word; its log is in ${place.paths.logs}\n`,
    );
    expect(code).toBe(1);
  });
});
