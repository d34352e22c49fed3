import type { LifecycleRecord } from '@wemixvisor/process';
import type { Settings } from '../settings/settings.ts';
import { launchOf, type Launch } from '../state/launch.ts';
import { describeLaunch, type LaunchDescription } from './describe-launch.ts';

/** Reads the node's command line, once for each command and place where the node is asked. */
export interface NodeDescriber {
  /** What the command tells; null where there is none. */
  of(command: LifecycleRecord['command']): LaunchDescription | null;
}

/** Remembers the latest reading: status and health ask for it all the time. */
export function createNodeDescriber(
  settings: () => Pick<Settings, 'rpcUrl' | 'rpcHeaders'>,
  platform: 'linux' | 'darwin',
): NodeDescriber {
  let latest: { readonly key: readonly unknown[]; readonly read: LaunchDescription } | null = null;

  function read(launch: Launch): LaunchDescription {
    const { rpcUrl, rpcHeaders } = settings();
    const key = [launch, rpcUrl, rpcHeaders];
    if (latest !== null && key.every((part, at) => part === latest?.key[at])) return latest.read;
    latest = { key, read: describeLaunch(launch, { rpcUrl, rpcHeaders, platform }) };
    return latest.read;
  }

  return {
    of(command) {
      const launch = launchOf(command);
      return launch === null ? null : read(launch);
    },
  };
}
