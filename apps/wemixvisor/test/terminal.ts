import { PassThrough, Writable } from 'node:stream';
import { runCli } from '../src/cli.ts';
import type { AppContext, StopSignal } from '../src/context.ts';

/** How a command ended and what it wrote. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command under way in a terminal of its own. */
export interface Begun {
  /** What it has written so far. */
  readonly stdout: string;
  readonly stderr: string;
  readonly done: Promise<Ran>;
  /** Sends it a signal, as the terminal or the system would. */
  signal(signal: StopSignal): void;
  /** Closes its standard output, as `| head` does. */
  closeOutput(): void;
  /** Ends it by whatever it listens to. */
  hangUp(): void;
}

/** Begins a command in this process; its context is a bare one but for what is given. */
export function beginCommand(argv: readonly string[], given: Partial<AppContext> = {}): Begun {
  const stdout = collector();
  const stderr = collector();
  const listeners: { readonly signal: StopSignal; readonly listener: () => void }[] = [];
  const context: AppContext = {
    stdin: new PassThrough().end(),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: {},
    colorDepth: 1,
    cwd: '/',
    homeDirectory: '/nowhere',
    temporaryDirectory: '/tmp',
    platform: process.platform === 'darwin' ? 'darwin' : 'linux',
    pid: process.pid,
    uid: process.getuid?.() ?? -1,
    userName: () => 'operator',
    isContained: () => true,
    self: [process.execPath, '-e', 'process.exit(1)'],
    thirdPartyLicences: () => 'the licences\n',
    interactive: false,
    columns: 80,
    rows: 60,
    setV8Flag: () => {},
    onSignal(signal, listener) {
      const entry = { signal, listener };
      listeners.push(entry);
      return () => void listeners.splice(listeners.indexOf(entry), 1);
    },
    ...given,
  };
  const done = runCli(argv, context).then((code) => ({
    code,
    stdout: stdout.text(),
    stderr: stderr.text(),
  }));
  return {
    get stdout() {
      return stdout.text();
    },
    get stderr() {
      return stderr.text();
    },
    done,
    signal(signal) {
      const heard = listeners.filter((entry) => entry.signal === signal);
      if (heard.length === 0) throw new Error(`nobody listens to ${signal}: it would be deadly`);
      for (const { listener } of heard) listener();
    },
    closeOutput: () => void stdout.stream.destroy(new Error('write EPIPE')),
    hangUp() {
      for (const { signal, listener } of [...listeners]) if (signal !== 'SIGHUP') listener();
      stdout.stream.destroy();
    },
  };
}

function collector() {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, written) {
      chunks.push(Buffer.from(chunk)); // From here on the bytes are the writer's again.
      written();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
