import type { LifecycleRecord } from '@wemixvisor/process';
import type { Settings } from '../settings/settings.ts';
import { launchOf, type Launch } from '../state/launch.ts';
import { describeLaunch, type LaunchDescription } from './describe-launch.ts';

/** Reads the node's command line, once for each command and place where the node is asked. */
export interface NodeDescriber {
  /** What the command tells; null where there is none. */
  of(command: LifecycleRecord['command']): LaunchDescription | null;
}

/** Remembers what it has read: status and health ask for it all the time. */
export function createNodeDescriber(
  settings: () => Pick<Settings, 'rpcUrl' | 'rpcHeaders'>,
  platform: 'linux' | 'darwin',
): NodeDescriber {
  const known = new WeakMap<
    Launch,
    Pick<Settings, 'rpcUrl' | 'rpcHeaders'> & { readonly read: LaunchDescription }
  >();

  function read(launch: Launch): LaunchDescription {
    const { rpcUrl, rpcHeaders } = settings();
    const before = known.get(launch);
    if (before?.rpcUrl === rpcUrl && before.rpcHeaders === rpcHeaders) return before.read;
    const described = describeLaunch(launch, { rpcUrl, rpcHeaders, platform });
    known.set(launch, { rpcUrl, rpcHeaders, read: described });
    return described;
  }

  return {
    of(command) {
      const launch = launchOf(command);
      return launch === null ? null : read(launch);
    },
  };
}
