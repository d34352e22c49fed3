import type { Supervision } from '@wemixvisor/process';
import { AppError } from '../app-error.ts';
import type { Operations } from '../control/operations.ts';
import { trace } from '../trace.ts';
import { adoptNode } from './adopt-node.ts';
import { connectParts } from './connect-parts.ts';
import type { EventStream } from './events.ts';
import { openHome } from './open-home.ts';
import type { SupervisorPorts } from './ports.ts';
import { serveOperations, type ServedOperations } from './serve-operations.ts';
import type { SettingsHolder } from './settings-holder.ts';
import type { SupervisorOptions } from './supervisor-options.ts';

export { HomeHeld } from './open-home.ts';

/** A supervisor at work. */
export interface Supervisor {
  readonly operations: Operations;
  readonly supervision: Supervision;
  readonly settings: SettingsHolder;
  readonly events: EventStream;
  /** What the operator should hear of the start, a line each: files set aside, a node taken over. */
  readonly notices: readonly string[];
  /** Resolves when the supervisor has ended, and rejects where it had lost its home; the node may go on. */
  readonly ended: Promise<void>;
  /** Ends the supervisor and leaves the node as it is. */
  end(): void;
}

/** A stage of the start that can be taken back. */
interface Stage {
  close(): void | Promise<void>;
}

/**
 * Starts the supervisor of a home in four stages, each made from the ones before: it takes the home, takes up the node
 * that an earlier supervisor left, connects what watches it, and listens. A stage that fails takes back those before it.
 *
 * @throws HomeHeld when another supervisor has the home.
 * @throws AppError when the home cannot be used.
 * @example
 * const supervisor = await runSupervisor({ ...context, paths, settings, endsWithNode: true });
 * await supervisor.ended;
 */
export async function runSupervisor(
  options: SupervisorOptions,
  ports: Partial<SupervisorPorts> = {},
): Promise<Supervisor> {
  const stages: Stage[] = [];
  const enter = <S extends Stage>(name: string, stage: S): S => {
    trace('supervisor', () => name);
    stages.unshift(stage);
    return stage;
  };
  try {
    const home = enter('opened the home', await openHome(options, ports.process?.clock));
    const node = enter('took up the node', await adoptNode(home, ports));
    const parts = enter('connected the parts', connectParts(node, ports));
    const served = enter('serves', await serveOperations(parts));
    return supervisorOf(served, () => leave(stages));
  } catch (error) {
    await leave(stages);
    throw error;
  }
}

/**
 * Closes the stages. All but the first begin to close at once: a request under way is answered only when it hears that
 * the supervision has ended. The home is given back last.
 */
async function leave(stages: readonly Stage[]): Promise<void> {
  const home = stages.at(-1);
  await Promise.allSettled(stages.slice(0, -1).map(async (stage) => stage.close()));
  await home?.close();
}

function supervisorOf(parts: ServedOperations, close: () => Promise<void>): Supervisor {
  const { operations, supervision, settings, events, notices } = parts;
  let finish: (how?: Promise<never>) => void = () => {};
  const ended = new Promise<void>((resolve) => (finish = resolve));
  ended.catch(() => {}); // nobody may be waiting
  let ending = false;
  const end = (error?: AppError) => {
    if (ending) return;
    ending = true;
    void close().then(() => finish(error && Promise.reject(error)));
  };
  void parts.lost.then((why) => {
    const text = `this supervisor has lost its home: ${why}; it ends and leaves the node alone`;
    events.publish({ type: 'notice', text });
    end(new AppError(text));
  });
  parts.onEnd(() => end());
  return { operations, supervision, settings, events, notices, ended, end: () => end() };
}
