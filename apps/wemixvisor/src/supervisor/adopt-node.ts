import { supervise, type Supervision } from '@wemixvisor/process';
import { endClassifier, isCleared, stopPhaseIn } from '../state/classify-end.ts';
import { isReplaced } from '../state/file-stamp.ts';
import type { OpenedHome } from './open-home.ts';
import { pausableNode } from './pausable-node.ts';
import type { SupervisorPorts } from './ports.ts';
import { restartPolicy } from './restart-policy.ts';

/** Second stage: the node that an earlier supervisor left is taken up, or its end is known. */
export interface AdoptedNode extends Omit<OpenedHome, 'close'> {
  readonly supervision: Supervision;
  /** Leaves the node as it is. */
  close(): void;
}

/** Takes up the node of a home. From here on its process is supervised. */
export async function adoptNode(
  home: OpenedHome,
  ports: Partial<SupervisorPorts> = {},
): Promise<AdoptedNode> {
  const { options, settings, events, store, state, describer } = home;
  const { paths } = options;
  const facts = () => describer.of(state.lifecycle.command)?.facts ?? null;
  const supervision = await supervise(
    {
      runDirectory: paths.run,
      logFile: paths.nodeLog,
      policy: restartPolicy(settings.current),
      openLog: () => store.openForAppend(),
      persist: (record) => state.persist(record),
      record: state.lifecycle,
      logMark: () => store.mark(),
      classifyExit: endClassifier(paths, { facts, own: () => settings.current.diagnosisCauses }),
      holdOver: ({ diagnosis }) =>
        diagnosis?.cause === 'chain-ended'
          ? Promise.resolve(
              isReplaced(state.lifecycle.command?.file, state.startedProgram) === true,
            )
          : isCleared(diagnosis?.cause ?? '', facts()),
      stopPhase: stopPhaseIn(paths),
      onChange(change) {
        state.backUp();
        events.publish({ type: 'lifecycle', change });
      },
      onError: (error) => events.publish({ type: 'process-error', error }),
    },
    ports.process,
  );
  settings.subscribe((next) => supervision.setPolicy(restartPolicy(next)));
  store.watch(() => pausableNode(supervision));
  const { adopted, pid } = supervision.snapshot;
  const taken = adopted ? [`took over the running node (pid ${pid ?? 0})`] : [];
  return {
    ...home,
    supervision,
    notices: [...home.notices, ...taken],
    close: () => supervision.dispose(),
  };
}
