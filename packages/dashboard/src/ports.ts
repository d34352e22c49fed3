import type { Key } from './ui.ts';

/** The keyboard of a terminal. */
interface TerminalInput {
  setRawMode?(raw: boolean): unknown;
  on(event: 'keypress', listener: (text: string | undefined, key: Key) => void): unknown;
  on(event: 'end' | 'error', listener: () => void): unknown;
  off(event: 'keypress', listener: (text: string | undefined, key: Key) => void): unknown;
  off(event: 'end' | 'error', listener: () => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/** The screen of a terminal. */
interface TerminalOutput {
  /** Undefined where the terminal does not say. */
  readonly columns?: number;
  readonly rows?: number;
  write(text: string): unknown;
  on(event: 'resize' | 'error', listener: () => void): unknown;
  off(event: 'resize' | 'error', listener: () => void): unknown;
}

/** The signals that a dashboard answers to. */
export type TerminalSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP' | 'SIGTSTP' | 'SIGCONT';

/** What a dashboard needs of its process and of the time. */
export interface DashboardPorts {
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
  /** Calls back on a signal, until the returned function is called. */
  onSignal(signal: TerminalSignal, listener: () => void): () => void;
  /** Calls back when the process ends, however it does, until the returned function is called. */
  onExit(listener: () => void): () => void;
  /** Stops this process and those that it shares its job with, as Ctrl-Z does. */
  stopJob(): void;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls back once after so many milliseconds, unless the returned function is called before. */
  after(ms: number, callback: () => void): () => void;
}

/** The real ones. */
export function systemPorts(): DashboardPorts {
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    onSignal(signal, listener) {
      process.on(signal, listener);
      return () => process.off(signal, listener);
    },
    onExit(listener) {
      process.on('exit', listener);
      return () => process.off('exit', listener);
    },
    stopJob: () => void process.kill(0, 'SIGTSTP'),
    now: Date.now,
    after(ms, callback) {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
}
