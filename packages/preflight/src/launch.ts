import type { WantedPort } from './checks/listening-ports.ts';
import type { NamedFile } from './checks/files.ts';

/** A start as plain data. What is left out is not checked, except for the file descriptors. */
export interface PreflightLaunch {
  /** The folder that the node writes its data to; it need not exist. @default null */
  readonly dataDirectory?: string | null;
  /** The folder whose `LOCK` a running node holds: `DATADIR/geth` for geth. @default null */
  readonly instanceDirectory?: string | null;
  /** The engine that the node is told to use for its database; null where it takes the one that is there. @default null */
  readonly databaseEngine?: 'leveldb' | 'pebble' | null;
  /** How the node is told to keep its state; null where it goes on as it is. @default null */
  readonly stateScheme?: 'hash' | 'path' | null;
  /** The engines whose databases the node opens; null: not checked. @default null */
  readonly databaseEngines?: readonly ('leveldb' | 'pebble')[] | null;
  /** The schemes by which the node reads a state; null: not checked. @default null */
  readonly stateSchemes?: readonly ('hash' | 'path')[] | null;
  /** The newest format of the old blocks' metadata that the node reads, as geth counts them; null: not checked. @default null */
  readonly freezerFormat?: 1 | 2 | null;
  /** The ports that the node will listen on. @default [] */
  readonly ports?: readonly WantedPort[];
  /** The path of the Unix socket that the node will listen on. @default null */
  readonly ipcPath?: string | null;
  /** The files that the node will read. @default [] */
  readonly files?: readonly NamedFile[];
  /** Free bytes at which the node stops itself; less than twice that is a warning. 0 or null: no check. @default null */
  readonly minimumFreeDiskBytes?: number | null;
  /** What the node adds to its data soon after the start, in bytes, as after an upgrade; it has to be free beside the limit. @default 0 */
  readonly growthBytes?: number;
  /** The file descriptors that the node wants. @default 4_096 */
  readonly minimumFileDescriptors?: number;
  /** The node that already runs: what it, its session or its descendants hold is no problem, nor what cannot be told. @default null */
  readonly ownPid?: number | null;
}
