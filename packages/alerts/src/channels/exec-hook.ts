import type { ChildProcess } from 'node:child_process';
import { kill } from 'node:process';
import type { Alert } from '../alert.ts';
import { messageOf, systemCodeOf } from '../error-text.ts';
import { exitWords } from '../exit-words.ts';
import { oneLine } from '../one-line.ts';
import type { Attempt } from './attempt.ts';

/** The operator's own program and how it is run. */
export interface HookOptions {
  readonly file: string;
  readonly args: readonly string[];
  /** Milliseconds that it may run. */
  readonly timeoutMs: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string | undefined;
  readonly signal: AbortSignal;
  /** Removes secrets from what the program wrote. */
  readonly redact: (text: string) => string;
  /** Milliseconds between SIGTERM and SIGKILL. @default 2_000 */
  readonly graceMs?: number;
}

/** Bytes of a hook's output that are kept. */
const mostOutput = 4_096;

/**
 * Runs a program for an alert once: the fields are in `WEMIXVISOR_ALERT_*`, the whole alert is JSON on standard input.
 * Exit code 0 means delivered. At the time limit its process group gets SIGTERM and then SIGKILL; what it leaves
 * running is killed too.
 */
export async function runHook(alert: Alert, options: HookOptions): Promise<Attempt> {
  const { spawn } = await import('node:child_process');
  const { file, args, env, cwd, timeoutMs } = options;
  try {
    const child = spawn(file, args, {
      cwd,
      env: { ...inherited(env), ...alertVariables(alert) },
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const output = collectOutput(child);
    child.stdin.on('error', () => {}); // it need not read
    child.stdin.end(`${JSON.stringify(alert)}\n`);
    const end = await ended(child, options);
    if (end.code === 0) return { delivered: true };
    const limit = end.timedOut ? ` after its ${timeoutMs / 1_000} s` : '';
    const said = oneLine(output(), 300, options.redact);
    const quoted = said === '' ? '' : `: ${said}`;
    return { delivered: false, why: `it ended ${exitWords(end)}${limit}${quoted}`, retry: true };
  } catch (error) {
    const permanent = ['ENOENT', 'EACCES', 'E2BIG'].includes(systemCodeOf(error) ?? '');
    return { delivered: false, why: whyNotRun(error), retry: !permanent };
  }
}

/** The variables that a program needs to find its way; settings and secrets of the supervisor are not among them. */
const harmlessVariables = /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_.*|TZ|TMPDIR)$/;

function inherited(env: HookOptions['env']): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(env).filter(([name]) => harmlessVariables.test(name)));
}

/** The longest value: an environment has its limits, and the summary quotes the node's log. */
const longestValue = 4_096;

function alertVariables({ node, ...alert }: Alert): Record<string, string> {
  return Object.fromEntries(
    Object.entries({ ...alert, ...node }).map(([name, value]) => [
      `WEMIXVISOR_ALERT_${name.toUpperCase()}`,
      oneLine(String(value ?? ''), longestValue),
    ]),
  );
}

function collectOutput({ stdout, stderr }: ChildProcess): () => string {
  const chunks: Buffer[] = [];
  let length = 0;
  for (const stream of [stdout, stderr]) {
    // Read to the end, as a full pipe would stop the program; only the beginning is kept.
    stream?.on('data', (chunk: Buffer) => {
      if (length < mostOutput) chunks.push(chunk);
      length += chunk.length;
    });
  }
  return () => Buffer.concat(chunks).subarray(0, mostOutput).toString('utf8');
}

interface HookEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
}

function ended(child: ChildProcess, options: HookOptions): Promise<HookEnd> {
  const { timeoutMs, graceMs = 2_000, signal: givenUp } = options;
  return new Promise((resolve, reject) => {
    let timedOut = false;
    let lastResort: NodeJS.Timeout | undefined;
    const terminate = () => {
      timedOut = true;
      signalGroup(child, 'SIGTERM');
      lastResort = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
    };
    const limit = setTimeout(terminate, timeoutMs);
    const giveUp = () => signalGroup(child, 'SIGKILL');
    givenUp.addEventListener('abort', giveUp, { once: true });
    const settle = () => {
      clearTimeout(limit);
      clearTimeout(lastResort);
      givenUp.removeEventListener('abort', giveUp);
      signalGroup(child, 'SIGKILL');
    };
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    // Not `close`: something that it left running may hold the pipes open for ever.
    child.once('exit', (code, signal) => {
      settle();
      setImmediate(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
        resolve({ code, signal, timedOut });
      });
    });
  });
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    kill(-pid, signal);
  } catch {
    // The group is empty.
  }
}

function whyNotRun(error: unknown): string {
  const code = systemCodeOf(error);
  if (code === 'ENOENT')
    return 'there is no such program, or not what its first line names: check alerts.exec';
  if (code === 'EACCES') return 'it may not be executed: chmod +x it';
  return oneLine(messageOf(error), 300);
}
