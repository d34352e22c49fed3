import { EventEmitter } from 'node:events';
import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOf, now } from '../test/facts-of.ts';
import type { DashboardFacts } from './facts.ts';
import type { DashboardPorts } from './ports.ts';
import { runDashboard, type DashboardSource } from './run-dashboard.ts';

const [taken, given] = ['\u001b[?1049h', '\u001b[?1049l'];

/** A terminal that remembers what was written, and a clock that is set by hand. */
function fakeTerminal(size: { columns: number; rows: number } = { columns: 80, rows: 24 }) {
  const heard = new EventEmitter();
  const modes: boolean[] = [];
  const written: string[] = [];
  const stdin = Object.assign(new EventEmitter(), {
    setRawMode: (raw: boolean) => void modes.push(raw),
    resume: () => undefined,
    pause: () => undefined,
  });
  const stdout = Object.assign(new EventEmitter(), {
    ...size,
    write: (text: string) => void written.push(text),
  });
  const timers = new Map<() => void, number>();
  let time = now;
  let stops = 0;
  const on = (name: string) => (listener: () => void) => {
    heard.on(name, listener);
    return () => heard.off(name, listener);
  };
  const ports = {
    stdin,
    stdout,
    onSignal: (signal: string, listener: () => void) => on(signal)(listener),
    onExit: on('exit'),
    stopJob: () => void (stops += 1),
    now: () => time,
    after(ms: number, callback: () => void) {
      timers.set(callback, time + ms);
      return () => timers.delete(callback);
    },
  } as unknown as DashboardPorts;
  return {
    ports,
    stdin,
    stdout,
    modes,
    written,
    stops: () => stops,
    signal: (name: string) => heard.emit(name),
    // node:readline keeps what reads the keys of a stream.
    listeners: () =>
      [heard, stdin, stdout]
        .flatMap((emitter) => emitter.eventNames())
        .filter((name) => name !== 'newListener' && name !== 'data').length,
    press: (sequence: string, key: object = {}) =>
      stdin.emit('keypress', sequence, { sequence, name: sequence, ...key }),
    /** Lets time go by, and what is due happen. */
    pass(ms: number) {
      time += ms;
      for (const [callback, at] of [...timers]) {
        if (at > time || !timers.delete(callback)) continue;
        callback();
      }
    },
    /** What was written since the last time, without its colours and moves. */
    read: () => stripVTControlCharacters(written.splice(0).join('')),
  };
}

/** A source that is told what to do, and says what it was asked for. */
function fakeSource(facts: DashboardFacts = factsOf()) {
  const shown: object[] = [];
  const told = {
    facts,
    changed: () => {},
    act: () => Promise.resolve({ isBad: false, text: 'done' }),
  };
  const source: DashboardSource = {
    facts: () => told.facts,
    show({ window, level }, changed) {
      shown.push({ window, level });
      told.changed = changed;
    },
    act: () => told.act(),
  };
  return { source, shown, told };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('a dashboard', () => {
  it('takes the terminal, shows the node, and gives the terminal back as it was', async () => {
    const terminal = fakeTerminal();
    const { source, shown } = fakeSource();
    const ended = runDashboard({ source }, terminal.ports);
    expect(terminal.written.join('')).toContain(taken);
    expect(terminal.modes.at(-1)).toBe(true);
    expect(terminal.read()).toContain('RUNNING');
    expect(shown).toEqual([{ window: '15m', level: null }]);
    terminal.press('q');
    await ended;
    expect(terminal.written.join('')).toContain(given);
    expect(terminal.modes.at(-1)).toBe(false);
    expect(terminal.listeners()).toBe(0);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('ends by %s', async (signal) => {
    const terminal = fakeTerminal();
    const ended = runDashboard({ source: fakeSource().source }, terminal.ports);
    terminal.signal(signal);
    await ended;
    expect(terminal.modes.at(-1)).toBe(false);
  });

  it('ends when its terminal is gone', async () => {
    const terminal = fakeTerminal();
    const ended = runDashboard({ source: fakeSource().source }, terminal.ports);
    terminal.stdin.emit('end');
    await ended;
    expect(terminal.listeners()).toBe(0);
  });

  it('writes only the lines that have changed, and all of them on a screen of another size', async () => {
    const terminal = fakeTerminal();
    const { source, told } = fakeSource();
    const ended = runDashboard({ source }, terminal.ports);
    const whole = terminal.read().length;
    told.facts = { ...told.facts, status: { ...(told.facts.status ?? never()), restart_count: 7 } };
    told.changed();
    told.changed();
    expect(terminal.written).toEqual([]);
    terminal.pass(200);
    const part = terminal.read();
    expect(part).toContain('7');
    expect(part.length).toBeLessThan(whole / 2);
    terminal.stdout.columns = 120;
    terminal.stdout.emit('resize');
    expect(terminal.read().length).toBeGreaterThan(whole);
    terminal.press('l', { ctrl: true });
    expect(terminal.read()).toContain('RUNNING');
    terminal.press('q');
    await ended;
  });

  it('lets ages grow with each second', async () => {
    const terminal = fakeTerminal();
    const ended = runDashboard({ source: fakeSource().source }, terminal.ports);
    terminal.read();
    terminal.pass(1_000);
    expect(terminal.read()).not.toBe('');
    terminal.press('q');
    await ended;
  });

  it('reads another span or level when it is asked to, and shows its other pages', async () => {
    const terminal = fakeTerminal();
    const { source, shown } = fakeSource();
    const ended = runDashboard({ source }, terminal.ports);
    for (const letter of ['t', 'l']) terminal.press(letter);
    expect(shown.slice(1)).toEqual([
      { window: '6h', level: null },
      { window: '6h', level: 'info' },
    ]);
    terminal.read();
    terminal.press('?');
    expect(terminal.read()).toMatch(/quit/i);
    terminal.press('?');
    terminal.press('e');
    expect(terminal.read()).toContain('out of memory');
    terminal.press('q');
    await ended;
  });

  it('stops the node when that was asked twice, and says what came of it', async () => {
    const terminal = fakeTerminal();
    const { source, told } = fakeSource();
    const ended = runDashboard({ source }, terminal.ports);
    let finish: (notice: { isBad: boolean; text: string }) => void = () => {};
    told.act = () => new Promise((resolve) => (finish = resolve));
    terminal.press('s');
    terminal.pass(1_000);
    terminal.press('y');
    expect(terminal.read()).toContain('stopping the node');
    terminal.press('r');
    expect(terminal.read()).not.toContain('restart it');
    finish({ isBad: false, text: 'the node has stopped' });
    await settle();
    terminal.pass(200);
    expect(terminal.read()).toContain('the node has stopped');
    terminal.press('q');
    await ended;
  });

  describe('of several homes', () => {
    /** Homes in a ring, and what was asked of each. */
    function ring(...names: readonly string[]) {
      const asked: string[] = [];
      const finish = new Map<string, (text: string) => void>();
      const sources: readonly DashboardSource[] = names.map((home, at) => ({
        facts: () => factsOf({ home, place: { at: at + 1, of: names.length } }),
        show: () => void asked.push(`show ${home}`),
        rest: () => void asked.push(`rest ${home}`),
        act(action) {
          asked.push(`${action} ${home}`);
          return new Promise((resolve) =>
            finish.set(home, (text) => resolve({ isBad: false, text })),
          );
        },
        turn: (step) => sources.at((at + step) % names.length) ?? never(),
      }));
      const terminal = fakeTerminal({ columns: 50, rows: 7 });
      const ended = runDashboard({ source: sources[0] ?? never() }, terminal.ports);
      const tab = (shift = false) => terminal.press('\t', { name: 'tab', shift });
      return { asked, finish, terminal, ended, tab };
    }

    it('shows the next one and the one before, and has only the one that is shown read', async () => {
      const { asked, terminal, ended, tab } = ring('/a', '/b', '/c');
      expect(terminal.read()).toContain('home 1/3 /a');
      tab();
      expect(terminal.read()).toContain('2/3 /b');
      tab(true);
      tab(true);
      expect(terminal.read()).toContain('3/3 /c');
      expect(asked).toEqual([
        'show /a',
        'rest /a',
        'show /b',
        'rest /b',
        'show /a',
        'rest /a',
        'show /c',
      ]);
      terminal.press('q');
      await ended;
    });

    it('says what came of an action where it was asked for, and takes questions for the others meanwhile', async () => {
      const { asked, finish, terminal, ended, tab } = ring('/a', '/b');
      terminal.press('s');
      terminal.pass(1_000);
      terminal.press('y');
      expect(terminal.read()).toContain('stopping the node…');
      tab();
      expect(terminal.read()).not.toContain('stopping the node…');
      terminal.press('r');
      terminal.pass(1_000);
      terminal.press('y');
      expect(asked.filter((each) => /stop|restart/.test(each))).toEqual(['stop /a', 'restart /b']);
      finish.get('/a')?.('a has stopped');
      await settle();
      terminal.pass(200);
      expect(terminal.read()).not.toContain('a has stopped');
      tab();
      expect(terminal.read()).toContain('a has stopped');
      terminal.press('q');
      await ended;
    });

    it('never does to one what was asked for another, whatever is pressed', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.constantFrom('\t', 'back', 's', 'r', 'y', 'e', '?'), { maxLength: 16 }),
          async (keys) => {
            const { asked, terminal, ended, tab } = ring('/a', '/b', '/c');
            let at = 0;
            for (const [index, pressed] of keys.entries()) {
              const before = keys[index - 1];
              terminal.pass(1_000);
              const count = asked.length;
              if (pressed === '\t' || pressed === 'back') tab(pressed === 'back');
              else terminal.press(pressed);
              const news = asked.slice(count);
              const acted = news.filter((each) => /^(stop|restart) /.test(each));
              // An action follows its own question alone, on the home that was shown then.
              const name = ['/a', '/b', '/c'].at(at % 3) ?? '';
              for (const each of acted) {
                expect([pressed, before]).toEqual(['y', each.startsWith('stop') ? 's' : 'r']);
                expect(each).toMatch(new RegExp(`${name}$`));
              }
              if (news.some((each) => each.startsWith('rest '))) at += pressed === 'back' ? 2 : 1;
            }
            terminal.press('q');
            terminal.pass(1_000);
            terminal.press('q');
            await ended;
          },
        ),
        { numRuns: 20 },
      );
    });

    it('says that there is no other', async () => {
      const { terminal, ended, tab } = ring('/a');
      tab();
      expect(terminal.read()).toContain('there is no other home');
      terminal.press('q');
      await ended;
    });
  });

  it('says why an action failed', async () => {
    const terminal = fakeTerminal();
    const { source, told } = fakeSource();
    const ended = runDashboard({ source }, terminal.ports);
    told.act = () => Promise.reject(new Error('no supervisor'));
    terminal.press('r');
    terminal.pass(1_000);
    terminal.press('y');
    await settle();
    terminal.pass(200);
    expect(terminal.read()).toContain('no supervisor');
    terminal.press('q');
    await ended;
  });

  it('gives the terminal back while its job is stopped, and takes it again', async () => {
    const terminal = fakeTerminal();
    const ended = runDashboard({ source: fakeSource().source }, terminal.ports);
    terminal.written.splice(0);
    terminal.press('z', { ctrl: true });
    expect(terminal.written.join('')).toContain(given);
    expect(terminal.stops()).toBe(1);
    terminal.pass(100);
    expect(terminal.written.join('')).toContain(taken);
    terminal.signal('SIGTSTP');
    expect(terminal.stops()).toBe(2);
    terminal.pass(100);
    terminal.signal('SIGCONT');
    terminal.press('q');
    await ended;
    expect(terminal.listeners()).toBe(0);
  });

  it('gives the terminal back when the process ends, and when its source fails', async () => {
    const terminal = fakeTerminal();
    const { source } = fakeSource();
    let isBroken = false;
    const failing = {
      ...source,
      facts: () => {
        if (isBroken) throw new Error('broken');
        return source.facts();
      },
    };
    const ended = runDashboard({ source: failing }, terminal.ports);
    isBroken = true;
    terminal.press('t');
    await expect(ended).rejects.toThrow('broken');
    expect(terminal.written.join('')).toContain(given);
    const other = fakeTerminal();
    const running = runDashboard({ source }, other.ports);
    other.signal('exit');
    expect(other.written.join('')).toContain(given);
    other.press('q');
    await running;
  });
});

function never(): never {
  throw new Error('it is there');
}
