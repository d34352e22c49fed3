import { createServiceNotifier } from '@wemixvisor/service-files';
import { serviceStatus } from '../../render/service-status.ts';
import type { Supervisor } from '../../supervisor/run-supervisor.ts';

/** The supervisor of a service, as its command knows it. */
export interface ToldService extends Omit<
  Parameters<typeof createServiceNotifier>[0],
  'look' | 'onError'
> {
  readonly supervisor: Pick<Supervisor, 'events' | 'operations'>;
  readonly warn: (line: string) => void;
}

/** Tells systemd how the node is, until the returned function tells it of the end. Null where the process is no service of `Type=notify`. */
export function tellServiceManager(
  { supervisor: { events, operations }, warn, ...service }: ToldService,
  notifierOf: typeof createServiceNotifier = createServiceNotifier,
): (() => Promise<void>) | null {
  const notifier = notifierOf({
    ...service,
    onError: (why) => warn(`wemixvisor: systemd does not hear of the node: ${why}`),
    look() {
      const report = operations.status();
      const { state } = report;
      return {
        ...serviceStatus(report),
        ready: state === 'running',
        takesTime: state === 'stopping',
      };
    },
  });
  if (notifier === null) return null;
  events.subscribe(({ type }) => {
    if (type === 'lifecycle' || type === 'health') notifier.changed();
  });
  return () => {
    const report = operations.status();
    const left = `detached: the node (pid ${report.pid ?? 0}) runs on, and nobody watches it`;
    return notifier.end(report.pid === null ? serviceStatus(report).words : left);
  };
}
