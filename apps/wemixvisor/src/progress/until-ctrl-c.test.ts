import { describe, expect, it } from 'vitest';
import { untilCtrlC } from './until-ctrl-c.ts';

/** A terminal that counts who listens to Ctrl-C. */
function terminal() {
  const listeners = new Set<() => void>();
  return {
    listeners,
    press: () => [...listeners].forEach((listener) => listener()),
    onSignal: (_signal: string, listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

const never = () => new Promise<never>(() => {});

describe('untilCtrlC', () => {
  it('gives the result of the work, and listens no longer', async () => {
    const { listeners, ...context } = terminal();
    expect(await untilCtrlC(context, 'it goes on', () => Promise.resolve(7))).toBe(7);
    expect(listeners.size).toBe(0);
  });

  it('says what goes on after Ctrl-C, and leaves a second one to the system', async () => {
    const { listeners, press, ...context } = terminal();
    let signal: AbortSignal | undefined;
    const waited = untilCtrlC(context, 'it goes on', (given) => {
      signal = given;
      return never();
    });
    press();
    await expect(waited).rejects.toMatchObject({ message: 'it goes on', exitCode: 130 });
    expect(signal?.aborted).toBe(true);
    expect(listeners.size).toBe(0);
  });

  it('passes on why the work has failed', async () => {
    const failed = untilCtrlC(terminal(), '', () => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
  });
});
