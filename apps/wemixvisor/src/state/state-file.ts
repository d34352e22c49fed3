import { renameSync } from 'node:fs';
import { parseLifecycleRecord, type LifecycleRecord } from '@wemixvisor/process';
import { messageOf, systemCodeOf } from '../app-error.ts';
import type { LaunchFacts } from '../report/status-report.ts';
import { version } from '../version.ts';
import type { HomePaths } from './home-paths.ts';
import { readLaunchFile, type LaunchFile } from './launch-file.ts';
import { migrateState, stateSchema } from './migrate-state.ts';
import { readJsonFile } from './read-json-file.ts';
import { writeJsonFile } from './write-json-file.ts';

/**
 * When the node was started, epoch milliseconds, where its log ended then, and the stamp of its program; null where that is not known,
 * as for a start by 0.4.0.
 */
export interface NodeStart {
  readonly at: number;
  readonly logMark: string | null;
  readonly program: string | null;
}

/** What a supervisor leaves for readers and for the next supervisor. */
export interface State {
  /** Its commands are in launch.json, as they hold secrets; nothing in state.json is secret. */
  readonly lifecycle: LifecycleRecord;
  /** What may be shown of the command. */
  readonly launch: LaunchFacts | null;
  /** The last starts of the node. */
  readonly starts: readonly NodeStart[];
  readonly socket: string;
}

/** What was read; `problem` says in one line why nothing could be. */
export interface StateRead {
  readonly state: State | undefined;
  readonly problem: string | null;
  /** True for a file of a later version: it is not damaged, so nobody may start over without it. */
  readonly newer?: boolean;
}

/** The part of a home's layout that the state is read from. */
export type StatePlaces = Pick<HomePaths, 'state' | 'launch'>;

/** Writes state.json so that it is whole and on disk when this returns: a temporary file, fsync, rename. */
export function writeState(file: string, { lifecycle, ...state }: State): void {
  const value = { schema: stateSchema, version, lifecycle: withoutCommands(lifecycle), ...state };
  writeJsonFile(file, value, 2);
}

/** Reads state.json; a missing file is no problem, anything unreadable is one, and neither throws. */
export function readState({ state: file, launch }: StatePlaces): StateRead {
  let value: unknown;
  try {
    value = readJsonFile(file);
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return { state: undefined, problem: null };
    return unreadable(`${file} cannot be read: ${messageOf(error)}`);
  }
  const { schema, lifecycle, ...rest } = migrateState(value);
  if (schema !== stateSchema) {
    const problem = `${file} has schema ${String(schema)}, not ${stateSchema}`;
    if (!(Number(schema) > stateSchema)) return unreadable(problem);
    const writer = `wemixvisor ${(rest['version'] as string | undefined) ?? 'of a later version'} wrote it`;
    const remedy = `use that one, or stop the node with it and move ${file} away`;
    return { ...unreadable(`${problem}: ${writer}; ${remedy}`), newer: true };
  }
  const record = parseLifecycleRecord(withCommands(lifecycle, readLaunchFile(launch)));
  if (record === undefined) return unreadable(`${file} is damaged`);
  const { launch: shown, starts, socket } = rest as Readonly<Record<string, unknown>>;
  return {
    state: {
      lifecycle: record,
      launch: shown as LaunchFacts | null,
      starts: Array.isArray(starts) ? starts.flatMap(startIn) : [],
      socket: String(socket),
    },
    problem: null,
  };
}

/** A start as it was written; a number alone by 0.4.0. Nothing where its time is none. */
function startIn(value: unknown): readonly NodeStart[] {
  const { at, logMark, program } = Object(
    typeof value === 'number' ? { at: value } : value,
  ) as Partial<Record<keyof NodeStart, unknown>>;
  if (typeof at !== 'number' || !(Math.abs(at) <= 8e15)) return [];
  return [{ at, logMark: textOrNull(logMark), program: textOrNull(program) }];
}

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Sets an unreadable file aside under another name, where someone can look at it. */
export function setAside(file: string): string {
  const aside = `${file}.unreadable`;
  renameSync(file, aside);
  return aside;
}

const unreadable = (problem: string): StateRead => ({ state: undefined, problem });

function withoutCommands(record: LifecycleRecord): object {
  const rest: Record<string, unknown> = { ...record };
  delete rest['command'];
  delete rest['next'];
  const { upgrade } = record;
  return upgrade === undefined ? rest : { ...rest, upgrade: { plan: upgrade.plan } };
}

/** A plan whose commands are not those on disk has lost them: it cannot be gone on with. */
function upgradeWith(planned: unknown, commands: LaunchFile['upgrade']) {
  const { plan } = Object(planned) as { readonly plan?: unknown };
  const { id } = Object(plan) as { readonly id?: unknown };
  if (commands === null || id === undefined || commands.id !== id) return {};
  return { upgrade: { plan, from: commands.from, to: commands.to } };
}

function withCommands(record: unknown, file: LaunchFile | undefined): object {
  const { upgrade, ...rest } = Object(record) as Record<string, unknown>;
  const planned = upgradeWith(upgrade, file?.upgrade ?? null);
  const whole: Record<string, unknown> = { ...rest, ...planned, command: file?.launch ?? null };
  return whole['state'] === 'stopping' ? { ...whole, next: file?.next ?? null } : whole;
}
