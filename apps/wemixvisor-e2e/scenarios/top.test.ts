import { dirname, join } from 'node:path';
import { signalProcess, waitFor } from '@wemixvisor/testkit';
import { describe, it, type TestContext } from 'vitest';
import { askSupervisor } from '../harness/ask-supervisor.ts';
import { fake } from '../harness/clients.ts';
import { emulate, hasTerminal, type Emulator, type Size } from '../harness/emulator.ts';
import { fakeInstallation, type FakeInstallation } from '../harness/fake-installation.ts';
import { isWatched } from '../harness/installation.ts';
import { isWell } from '../harness/until.ts';

const usual = { cols: 80, rows: 24 };
const small = { cols: 50, rows: 12 };
const sizes: readonly Size[] = [usual, { cols: 120, rows: 40 }, small, usual];

/** A running node that was checked. */
async function running(test: TestContext) {
  const place = await fakeInstallation();
  test.onTestFinished(() => place[Symbol.asyncDispose]());
  await place.run(...place.startWords('--restart-delay', '2s'));
  const { pid } = await place.until(isWell, 'a node that is well');
  return { place, pid };
}

/** A second home beside the first one, with a node that runs in it; returns what tells its status. */
async function beside(place: FakeInstallation, { onTestFinished }: TestContext) {
  const second = join(dirname(place.home), 'second');
  const client = await fake(join(second, 'data'));
  const started = await place.run(
    'start',
    '--home',
    second,
    '--binary',
    client.binary,
    '--',
    ...client.args,
  );
  if (started.code !== 0) throw new Error(started.stderr);
  onTestFinished(
    async () => void (await askSupervisor(second, 'POST', '/v1/stop', { force: true })),
  );
  return () => askSupervisor(second, 'GET', '/v1/status');
}

function onTerminal(
  place: FakeInstallation,
  { onTestFinished }: TestContext,
  size: Size,
  ...words: readonly string[]
): Emulator {
  const terminal = emulate(place.invocation(...words), size);
  onTestFinished(() => terminal.kill());
  return terminal;
}

/** Quits, and holds that the terminal is as it was before. */
async function quit(terminal: Emulator, { expect }: TestContext) {
  terminal.press('q');
  expect(await terminal.ended).toBe(0);
  expect(terminal.isAlternate()).toBe(false);
  expect(terminal.isCursorShown()).toBe(true);
  expect(terminal.rows().join('')).toBe('');
}

const still = { scrolls: 0, wrapped: 0 };

describe
  .skipIf(!hasTerminal)
  .concurrent('top (skipped where no terminal can be opened: no binary)', () => {
    it('fits the terminal whatever its size, shows what the keys ask for, and gives it back', async (test) => {
      const { expect } = test;
      const { place, pid } = await running(test);
      const terminal = onTerminal(place, test, usual, 'top');
      for (const { cols, rows } of sizes) {
        terminal.resize({ cols, rows });
        // The clock at the right edge, and the keys in the last row.
        const size = new RegExp(`^(?=.{${cols}}\\n).*:\\d\\d\\n[^]*\\? help$`);
        await terminal.shows(size);
        const text = (await terminal.shows(/Head +1,\d{3}, seen \d+s old[^]*Imported new ch/)).join(
          '\n',
        );
        expect(text).toMatch(/^wemixvisor {2}(?:home \d+\/\d+ )?~\/home /);
        expect(text).toMatch(/\nRUNNING {2}healthy \(synced\)/);
        expect(text).toMatch(new RegExp(`\\bpid ${pid} ·`));
        // Other homes of this machine, as those of other tests, are there to turn to.
        expect(text).toMatch(/\nl level {2}t time .* q quit {2}\? help$/);
        expect(terminal.isCursorShown()).toBe(false);
      }
      const last = terminal.disorder();
      terminal.press('?');
      await terminal.shows(/─ Keys ─[^]*Ctrl-Z/);
      terminal.press('?');
      await terminal.shows(/─ Log ─/);
      terminal.press('l');
      await terminal.shows(/─ Log: info and worse ─/);
      terminal.press('t');
      await terminal.shows(/15 min {2}\[6 h\] {2}24 h/);
      expect(terminal.disorder()).toEqual(last);
      expect(last.wrapped).toBe(0);
      await quit(terminal, test);
      expect(await place.status()).toMatchObject({ state: 'running', pid });
    });

    it('goes on through the death of the node and of the supervisor', async (test) => {
      const { expect } = test;
      const { place, pid } = await running(test);
      const terminal = onTerminal(place, test, usual, 'top');
      await terminal.shows(new RegExp(`pid ${pid} · .*no restarts`));
      process.kill(pid, 'SIGKILL');
      await terminal.shows(/CRASHED[^]*restart in/);
      await terminal.shows(/RUNNING[^]*pid \d+ · .*1 restart\b/);
      const { pid: next, supervisor_pid: supervisor } = await place.status();
      await terminal.shows(new RegExp(`supervisor ${supervisor}\\b[^]*pid ${next} · `));
      expect(next).not.toBe(pid);
      signalProcess(supervisor, 'SIGKILL');
      await terminal.shows(/UNSUPERVISED: nobody restarts this node; wemixvisor start/);
      expect(terminal.rows().join('\n')).not.toContain(`supervisor ${supervisor}`);
      await place.run('start');
      const { supervisor_pid: another } = await place.until(isWatched, 'a supervisor');
      const rows = await terminal.shows(new RegExp(`supervisor ${another}\\b`));
      expect(rows.join('\n')).not.toContain('UNSUPERVISED');
      expect(rows.join('\n')).toMatch(new RegExp(`pid ${next} \\(adopted\\) · `));
      expect(terminal.disorder()).toEqual(still);
      await quit(terminal, test);
      expect(await place.status()).toMatchObject({ state: 'running', pid: next });
    });

    it('stops the node when that is asked for twice, and not sooner, and none but that of the home it shows', async (test) => {
      const { expect } = test;
      const { place, pid } = await running(test);
      const second = await beside(place, test);
      const terminal = onTerminal(place, test, small, 'top');
      await terminal.shows(/home (\d+)\/\d+ ~\/home [^]*RUNNING/);
      terminal.press('s');
      await terminal.shows(/^Stop home \d+\/\d+\? .*y: yes/m);
      terminal.press('\t');
      await terminal.shows(/ ~\/home [^]*\? help$/);
      terminal.press('\t');
      await terminal.shows(/ ~\/second [^]*RUNNING/);
      terminal.press('y');
      terminal.press('\u001b[Z');
      await terminal.shows(/ ~\/home [^]*RUNNING/);
      expect(await place.status()).toMatchObject({ state: 'running', pid });
      terminal.press('s');
      await terminal.shows(/^Stop home .*y: yes/m);
      const asked = performance.now();
      // A `y` that comes at once is no answer.
      await waitFor(() => performance.now() - asked > 350, { everyMs: 50, what: 'the pause' });
      terminal.press('y');
      await terminal.shows(/^STOPPED/m);
      await place.until(({ state }) => state === 'stopped', 'the stop');
      terminal.press('\t');
      await terminal.shows(/ ~\/second [^]*RUNNING/);
      expect(await second()).toMatchObject({ state: 'running' });
      expect(terminal.disorder()).toEqual(still);
      await quit(terminal, test);
    });

    it('is refused through a pipe, with what to use instead', async ({
      expect,
      onTestFinished,
    }) => {
      const place = await fakeInstallation();
      onTestFinished(() => place[Symbol.asyncDispose]());
      expect(await place.run('top')).toEqual({
        code: 64,
        stdout: '',
        stderr:
          'wemixvisor: top needs a terminal, and standard output is none: see status --watch, or status --json\n',
      });
    });

    it('is not needed for a low terminal: status --watch draws in place', async (test) => {
      const { expect } = test;
      const { place, pid } = await running(test);
      const terminal = onTerminal(place, test, small, 'status', '--watch');
      const first = await terminal.shows(/State: +running[^]*more lines: wemixvisor status/);
      expect(first.join('\n')).toMatch(new RegExp(`PID: +${pid}\\b`));
      for (const uptime of ['redrawn', 'once more']) {
        const before = terminal.rows().join('\n');
        await waitFor(() => terminal.rows().join('\n') !== before, { what: uptime });
        await terminal.shows(/^State: +running[^]*more lines: wemixvisor status/);
      }
      expect(terminal.disorder()).toEqual(still);
      terminal.resize({ cols: 30, rows: 10 });
      const narrow = await terminal.shows(/^State: +running[^]*more lines: /);
      expect(narrow.filter((line) => line.startsWith('State:'))).toHaveLength(1);
      terminal.press('\u0003');
      expect(await terminal.ended).toBe(0);
    });
  });
