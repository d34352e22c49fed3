/** The command that has to put everything right after a fault. */
export type Recovery = 'start' | 'stop' | 'restart';

/** What happens to the node or is asked of wemixvisor. */
export type Action = 'start' | 'run' | 'crash' | 'rotate' | 'stop' | 'restart';

/**
 * Where a home is: on a file system whose files can be cut at the head; in memory, where a rotation pauses the node; or in
 * memory on a small file system of its own, which can be filled and write-protected. The node's ledger is on the disk then.
 */
export type Place = 'disk' | 'memory' | 'small';

interface FaultRule {
  /** How often it is drawn among those that may fall into the same action. */
  readonly weight: number;
  /** The actions that it may fall into. */
  readonly actions: readonly Action[];
  /** The only place where it can be; any when left out. */
  readonly place?: Place;
}

const everywhere: readonly Action[] = ['start', 'run', 'crash', 'rotate', 'stop', 'restart'];
const commands: readonly Action[] = ['start', 'stop', 'restart'];
/** A node that crashes while its last line waits for room leaves it torn. */
const uncrashed: readonly Action[] = ['start', 'run', 'rotate', 'stop', 'restart'];

/**
 * Every fault. A file is lost or damaged, and the supervisor killed, while nothing else is going on: only then is it certain
 * what the next supervisor must find. The guard is the shell that watches over a pause of the node, and is there only while a
 * log in memory is rotated. The kernel lets nobody write-protect what somebody writes to, so only a start can meet that.
 */
export const faults = {
  'kill-supervisor': { weight: 8, actions: everywhere },
  'kill-recorder': { weight: 3, actions: everywhere },
  'kill-command': { weight: 4, actions: commands },
  'kill-node': { weight: 3, actions: ['start', 'run', 'rotate', 'stop', 'restart'] },
  'pause-supervisor': { weight: 2, actions: everywhere },
  'pause-recorder': { weight: 2, actions: everywhere },
  'pause-command': { weight: 2, actions: commands },
  'pause-node': { weight: 2, actions: ['start', 'run', 'rotate', 'stop', 'restart'] },
  'kill-guard': { weight: 8, actions: ['run'], place: 'memory' },
  'pause-guard': { weight: 6, actions: ['run'], place: 'memory' },
  'remove-state': { weight: 2, actions: ['run'] },
  'cut-state': { weight: 2, actions: ['run'] },
  'garble-state': { weight: 2, actions: ['run'] },
  'remove-launch': { weight: 2, actions: ['run'] },
  'cut-launch': { weight: 2, actions: ['run'] },
  'garble-launch': { weight: 2, actions: ['run'] },
  'remove-socket': { weight: 2, actions: ['run'] },
  'garble-socket': { weight: 2, actions: ['run'] },
  'remove-lock': { weight: 2, actions: ['run'] },
  'cut-lock': { weight: 2, actions: ['run'] },
  'garble-lock': { weight: 2, actions: ['run'] },
  'steal-lock': { weight: 2, actions: ['run'] },
  'contend-namespace': { weight: 2, actions: ['run'] },
  'jump-clock': { weight: 0.3, actions: everywhere },
  'fill-disk': { weight: 2, actions: uncrashed, place: 'small' },
  'fill-inodes': { weight: 2, actions: uncrashed, place: 'small' },
  'read-only': { weight: 4, actions: ['start'], place: 'small' },
} as const satisfies Record<string, FaultRule>;

/** The name of a fault: what is done, and to what. */
export type FaultName = keyof typeof faults;

/** All names, in the order of the table. */
export const faultNames = Object.keys(faults) as readonly FaultName[];

/** One fault in the middle of a step. */
export interface Fault {
  readonly name: FaultName;
  /** Milliseconds between the beginning of the step's action and the fault. */
  readonly afterMs: number;
  /** Milliseconds for which it lasts; 0 for one that is done at once, and for a clock that does not jump back. */
  readonly forMs: number;
  /** Seconds by which the clock jumps. @default 0 */
  readonly jumpSeconds?: number;
  readonly recovery: Recovery;
}

/** Whether a fault stops a process for a while and leaves everything else alone. */
export const isPause = (name: FaultName): boolean => name.startsWith('pause-');

/** Whether a fault takes or damages a file of the home and kills the supervisor. */
export const isFileFault = (name: FaultName): boolean => /^(remove|cut|garble)-/.test(name);

/** Whether a fault leaves no room on the disk. */
const isFill = (name: FaultName): boolean => name.startsWith('fill-');

/** Whether a fault is over after a while: a pause, or a disk that is full or read-only. */
export const isPassing = (name: FaultName): boolean =>
  isPause(name) || isFill(name) || name === 'read-only';

/** Whether no command may fail by a fault: it only takes longer. */
export const isHarmless = (name: FaultName): boolean => isPause(name) || name === 'jump-clock';

/** Whether a fault has to be there before its action begins. */
export const isEarly = (name: FaultName): boolean => name === 'read-only';

/** Whether a home at that place can be hit by a fault. */
export function canBeAt(name: FaultName, place: Place): boolean {
  const { place: only = place }: FaultRule = faults[name];
  return only === place;
}
