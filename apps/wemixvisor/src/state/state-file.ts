import { readFileSync, renameSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { parseLifecycleRecord, type LifecycleRecord } from '@wemixvisor/process';
import { messageOf, systemCodeOf } from '../app-error.ts';
import type { StartSources } from '../settings/resolve-settings.ts';
import type { KillCause } from '../report/kill-cause.ts';
import type { Launch } from '../control/operations.ts';
import type { LaunchFacts } from '../report/status-report.ts';

/** The version of state.json; a file of another version is set aside, never guessed at. */
const schema = 1;

/** What a supervisor leaves for readers and for the next supervisor. Nothing in it is secret. */
export interface State {
  readonly lifecycle: LifecycleRecord;
  readonly launch: LaunchFacts | null;
  /** The last line that the node wrote before it last ended. */
  readonly lastLine: string | null;
  /** Why the latest process was killed; null where it was not, or nobody knows. */
  readonly killedFor: KillCause | null;
  /** When the node was started, the last times, epoch milliseconds. */
  readonly starts: readonly number[];
  readonly socket: string;
}

/** What was read; `problem` says in one line why nothing could be. */
export interface StateRead {
  readonly state: State | undefined;
  readonly problem: string | null;
}

/** Writes state.json so that it is whole and on disk when this returns: a temporary file, fsync, rename. */
export function writeState(file: string, state: State): void {
  writeFileAtomic.sync(file, `${JSON.stringify({ schema, ...state }, null, 2)}\n`, { mode: 0o600 });
}

/** Reads state.json; a missing file is no problem, anything unreadable is one, and neither throws. */
export function readState(file: string): StateRead {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return { state: undefined, problem: null };
    return { state: undefined, problem: `${file} cannot be read: ${messageOf(error)}` };
  }
  const {
    schema: found,
    lifecycle,
    launch,
    lastLine,
    killedFor,
    starts,
    socket,
  } = Object(value) as Record<string, unknown>;
  if (found !== schema) {
    return { state: undefined, problem: `${file} has schema ${String(found)}, not ${schema}` };
  }
  const record = parseLifecycleRecord(lifecycle);
  if (record === undefined) return { state: undefined, problem: `${file} is damaged` };
  return {
    state: {
      lifecycle: record,
      launch: launch as LaunchFacts | null,
      lastLine: typeof lastLine === 'string' ? lastLine : null,
      killedFor: killedFor === 'asked-for' || killedFor === 'grace-period' ? killedFor : null,
      starts: Array.isArray(starts) ? starts.filter((start) => Number.isFinite(start)) : [],
      socket: String(socket),
    },
    problem: null,
  };
}

/** Sets an unreadable file aside under another name, where someone can look at it. */
export function setAside(file: string): string {
  const aside = `${file}.unreadable`;
  renameSync(file, aside);
  return aside;
}

/** What a node was last started with. */
export interface LastStart extends StartSources {
  readonly launch: Launch;
}

/** Writes launch.json: the node's command line and environment, whole, for the owner's eyes only (0600). */
export function writeLastStart(file: string, start: LastStart): void {
  writeFileAtomic.sync(file, `${JSON.stringify(start)}\n`, { mode: 0o600 });
}

/** Reads launch.json; undefined where there is none or it is damaged. */
export function readLastStart(file: string): LastStart | undefined {
  try {
    const {
      launch,
      options = {},
      environment = {},
      config = null,
    } = JSON.parse(readFileSync(file, 'utf8')) as Partial<LastStart>;
    return isLaunch(launch) ? { launch, options, environment, config } : undefined;
  } catch {
    return undefined;
  }
}

const isLaunch = (value: unknown): value is Launch => {
  const { binary, args, env, cwd, node } = Object(value) as Record<string, unknown>;
  return (
    typeof binary === 'string' &&
    typeof cwd === 'string' &&
    Array.isArray(args) &&
    args.every((word) => typeof word === 'string') &&
    typeof env === 'object' &&
    env !== null &&
    typeof node === 'object' &&
    node !== null
  );
};
