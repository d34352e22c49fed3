/** The command that has to put everything right after a fault. */
export type Recovery = 'start' | 'stop' | 'restart';

/** What happens to the node or is asked of wemixvisor. */
export type Action = 'start' | 'run' | 'crash' | 'rotate' | 'stop' | 'restart';

const everywhere: readonly Action[] = ['start', 'run', 'crash', 'rotate', 'stop', 'restart'];
const commands: readonly Action[] = ['start', 'stop', 'restart'];

/**
 * Every fault, how often it is drawn, and the actions that it may fall into. A file is lost or damaged, and the supervisor
 * killed, while nothing else is going on: only then is it certain what the next supervisor must find. The guard is the shell
 * that watches over a pause of the node, and is there only while a log in memory is rotated.
 */
export const faults = {
  'kill-supervisor': { weight: 8, actions: everywhere },
  'kill-recorder': { weight: 3, actions: everywhere },
  'kill-command': { weight: 4, actions: commands },
  'kill-node': { weight: 3, actions: ['start', 'run', 'rotate', 'stop', 'restart'] },
  'pause-supervisor': { weight: 2, actions: everywhere },
  'pause-recorder': { weight: 2, actions: everywhere },
  'pause-node': { weight: 2, actions: ['start', 'run', 'rotate', 'stop', 'restart'] },
  'kill-guard': { weight: 8, actions: ['run'] },
  'pause-guard': { weight: 6, actions: ['run'] },
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
} as const satisfies Record<string, { weight: number; actions: readonly Action[] }>;

/** The name of a fault: what is done, and to what. */
export type FaultName = keyof typeof faults;

/** All names, in the order of the table. */
export const faultNames = Object.keys(faults) as readonly FaultName[];

/** One fault in the middle of a step. */
export interface Fault {
  readonly name: FaultName;
  /** Milliseconds between the beginning of the step's action and the fault. */
  readonly afterMs: number;
  /** Milliseconds for which a pause lasts; 0 for a fault that is no pause. */
  readonly forMs: number;
  readonly recovery: Recovery;
}

/** Whether a fault stops a process for a while and leaves everything else alone. */
export const isPause = (name: FaultName): boolean => name.startsWith('pause-');

/** Whether a fault takes or damages a file of the home. */
export const isFileFault = (name: FaultName): boolean => /^(remove|cut|garble)-/.test(name);

/** Whether a fault needs a home where a rotation pauses the node. */
export const needsPause = (name: FaultName): boolean => name.endsWith('-guard');
