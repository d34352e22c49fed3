import { openSync } from 'node:fs';
import { devNull } from 'node:os';
import { createFakeMachine } from '@wemixvisor/testkit';
import { classifyTimeoutMs } from '../../src/classify-exit.ts';
import { defaultRestartPolicy, type RestartPolicy } from '../../src/lifecycle/restart-policy.ts';
import {
  type LifecycleChange,
  type LifecycleRecord,
  type NodeCommand,
  parseLifecycleRecord,
  type ProcessError,
  supervise,
  type SuperviseOptions,
  type Supervision,
} from '../../src/index.ts';

/** A command whose program exists everywhere; the fake machine never runs it. */
export const command: NodeCommand = { file: '/bin/sh', args: [], env: {}, cwd: '/' };

/** A policy with times that are easy to count. */
export const policy: RestartPolicy = {
  ...defaultRestartPolicy,
  maxRestarts: 2,
  restartDelayMs: 1_000,
  restartDelayMaxMs: 3_000,
  restartResetMs: 60_000,
  stopTimeoutMs: 10_000,
};

/** One node on a fake machine, its record, and supervisors that come and go. */
export function life(
  changes: Partial<RestartPolicy> = {},
  parts: Pick<SuperviseOptions, 'classifyExit' | 'holdOver' | 'logMark' | 'stopPhase'> = {},
) {
  const machine = createFakeMachine();
  const { clock } = machine;
  const history: LifecycleChange[] = [];
  const errors: ProcessError[] = [];
  let record: LifecycleRecord | undefined;
  let present: { readonly node: Supervision; readonly dies: () => void } | undefined;
  let diesAfterWrites = Infinity;
  const disk = { full: false };

  /** A supervisor starts and takes over what is recorded. */
  async function supervisor(): Promise<Supervision> {
    const { ports, dies, isDead } = machine.ports();
    const persist = (next: LifecycleRecord): void => {
      if (isDead()) return;
      if (disk.full) throw new Error('ENOSPC');
      record = parseLifecycleRecord(JSON.parse(JSON.stringify(next)));
      diesAfterWrites -= 1;
      if (diesAfterWrites === 0) dies();
    };
    const options = {
      runDirectory: '/nowhere',
      policy: { ...policy, ...changes },
      openLog: () => openSync(devNull, 'a'),
      onError: (error: ProcessError) => errors.push(error),
      ...parts,
    };
    const decided = { yet: false };
    const adoption = supervise({ ...options, persist, record }, ports);
    const ready = adoption.finally(() => (decided.yet = true));
    await clock.advance(0);
    if (!decided.yet) await clock.advance(classifyTimeoutMs); // an end was found that is looked into
    const node = await ready;
    node.subscribe((change) => history.push(change));
    present = { node, dies };
    return node;
  }

  return {
    clock,
    machine,
    history,
    errors,
    disk,
    supervisor,
    get record() {
      return record;
    },
    /** Kill -9 of the present supervisor, now or right behind so many further writes of its record. */
    kill: (afterWrites = 0): void => {
      if (afterWrites > 0) {
        diesAfterWrites = afterWrites;
        return;
      }
      diesAfterWrites = Infinity;
      present?.dies();
      present?.node.dispose();
      present = undefined;
    },
    /** Starts the node and waits until it is executed and ready. */
    up: async (): Promise<Supervision> => {
      const node = await supervisor();
      const started = node.start(command);
      await clock.advance(0);
      await started;
      node.ready(node.snapshot.generation);
      return node;
    },
  };
}
