import { describe, expect, it } from 'vitest';
import type { LogStore } from './open-log-store.ts';
import { openLogWriter, type LogWriterOptions } from './open-log-writer.ts';
import type { RotationReport } from './rotate/rotation-report.ts';

const failed: RotationReport = {
  rotated: false,
  at: new Date(0),
  reason: 'disk-full',
  error: null,
  message: '',
};
const empty: RotationReport = {
  rotated: false,
  at: new Date(0),
  reason: 'empty',
  error: null,
  message: '',
};

/** A writer on a store that is played; a full disk is one with `room` 0. */
function writing(options: Partial<LogWriterOptions> = {}) {
  const state = { room: Number.POSITIVE_INFINITY, text: '', looks: 0, closed: false };
  let answer: () => Promise<RotationReport | null> = () => Promise.resolve(null);
  const store: Partial<LogStore> = {
    openForAppend: () => 7,
    rotateIfDue: (writers) => {
      expect(writers).toBe('this-thread');
      state.looks += 1;
      return answer();
    },
    dispose: () => Promise.resolve(void (state.closed = true)),
  };
  const log = openLogWriter({
    directory: '/l',
    name: 'app',
    note: (note) => `${JSON.stringify(note)}\n`,
    openStore: () => store as LogStore,
    write(descriptor, bytes) {
      expect(descriptor).toBe(7);
      if (state.room === 0) throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      const part = bytes.subarray(0, state.room);
      state.room -= part.length;
      state.text += part.toString();
      return part.length;
    },
    ...options,
  });
  return {
    log,
    state,
    rotates: (how: () => Promise<RotationReport | null>) => (answer = how),
    settled: () => new Promise((resolve) => setImmediate(resolve)),
  };
}

describe('a writer of its own log', () => {
  it('writes each line at once, whole also where the system takes it in parts', () => {
    const { log, state } = writing();
    log.write('one\n');
    expect(state.text).toBe('one\n');
  });

  it('counts what a full disk takes, and notes it in the place of the loss', () => {
    const { log, state } = writing();
    log.write('first\n');
    state.room = 3;
    log.write('torn line\n');
    log.write('lost\n');
    state.room = Number.POSITIVE_INFINITY;
    log.write('after\n');
    log.write('last\n');
    expect(state.text).toBe(
      'first\ntor\n{"type":"lost","lines":2,"text":"2 line(s) are missing here: they could not be written"}\nafter\nlast\n',
    );
  });

  it('does not hide a fault that is none of the system', () => {
    const { log } = writing({
      write: () => {
        throw new Error('a fault');
      },
    });
    expect(() => log.write('x\n')).toThrow('a fault');
  });

  it('looks at the size with the first line and then every 64 KiB', () => {
    const { log, state } = writing();
    log.write('x\n');
    expect(state.looks).toBe(1);
    log.write('x'.repeat(64 * 1024 - 1));
    expect(state.looks).toBe(1);
    log.write('x');
    expect(state.looks).toBe(2);
  });

  it('looks sooner where the log may be smaller than that', () => {
    const { log, state } = writing({ maxSizeBytes: 100 });
    log.write('x');
    log.write('x'.repeat(99));
    expect(state.looks).toBe(1);
    log.write('x');
    expect(state.looks).toBe(2);
  });

  it('notes once that it cannot be rotated, and once that it can again', async () => {
    const { log, state, rotates, settled } = writing({ maxSizeBytes: 1 });
    rotates(() => Promise.resolve(failed));
    log.write('a\n');
    await settled();
    await settled();
    rotates(() => Promise.reject(new Error('no store')));
    log.write('b\n');
    await settled();
    rotates(() => Promise.resolve(empty));
    log.write('c\n');
    await settled();
    await settled();
    const again = 'this log could not be rotated and grows on: disk-full; it is tried again';
    expect(state.text).toBe(
      `a\n{"type":"rotation-failed","text":"${again}"}\nb\nc\n{"type":"rotated-again","text":"this log is rotated again"}\n`,
    );
  });

  it('writes ten lines of a kind in a minute, and says later how many it left out', async () => {
    let now = 0;
    const echoed: string[] = [];
    const { log, state } = writing({
      kindOf: (line) => (line.startsWith('bad') ? 'bad' : null),
      echo: (line) => echoed.push(line),
      clock: { monotonic: () => now },
    });
    for (let index = 0; index < 15; index += 1) log.write(`bad ${index}\n`);
    for (let index = 0; index < 12; index += 1) log.write('good\n');
    const [bad, good] = ['bad', 'good'].map((kind) => state.text.split(`\n${kind}`).length);
    expect([bad, good]).toEqual([10, 13]);
    now = 60_000;
    log.write('good\n');
    expect(state.text).toContain(
      'good\n{"type":"repeated","lines":5,"text":"5 more line(s) within a minute are left out, like this one: bad"}\ngood\n',
    );
    for (let index = 0; index < 11; index += 1) log.write('bad\n');
    await log.close();
    expect(state.text).toMatch(/"repeated","lines":1,.*\n$/);
    expect(echoed.join('')).toBe(state.text);
  });

  it.each(['close', Symbol.asyncDispose] as const)('closes its store: %s', async (end) => {
    const { log, state } = writing();
    await log[end]();
    expect(state.closed).toBe(true);
  });
});
