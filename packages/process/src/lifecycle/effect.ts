import type { NodeCommand } from '../node-command.ts';
import type { TimerName } from './event.ts';
import type { LastExit, NodeRun } from './state.ts';

/** What the runner does after the new state was persisted. */
export type Effect =
  | {
      readonly type: 'spawn';
      readonly generation: number;
      /** Null when no command was ever given: then the spawn fails. */
      readonly command: NodeCommand | null;
    }
  /** Make the announced child execute the node's program. */
  | { readonly type: 'release'; readonly generation: number }
  /** Make the announced child end without executing anything. */
  | { readonly type: 'abandon'; readonly generation: number }
  /** Poll an adopted child until it is gone. */
  | { readonly type: 'watch'; readonly generation: number; readonly run: NodeRun }
  /** SIGTERM, to the node alone, as soon as it can take it or `waitMs` are over. */
  | {
      readonly type: 'terminate';
      readonly generation: number;
      readonly run: NodeRun;
      readonly waitMs: number;
    }
  /** Look from now on what a node does that received its SIGTERM. */
  | { readonly type: 'followStop'; readonly generation: number; readonly run: NodeRun }
  /** Its grace period is over: say whether it is still writing its state. */
  | { readonly type: 'askProgress'; readonly generation: number }
  /** SIGKILL, to the node and then to its group. */
  | { readonly type: 'kill'; readonly run: NodeRun }
  | {
      readonly type: 'startTimer';
      readonly timer: TimerName;
      readonly generation: number;
      readonly delayMs: number;
    }
  | { readonly type: 'cancelTimer'; readonly timer: TimerName }
  /** Look whether what the exit's diagnosis names has cleared. */
  | { readonly type: 'checkHold'; readonly generation: number; readonly exit: LastExit };
