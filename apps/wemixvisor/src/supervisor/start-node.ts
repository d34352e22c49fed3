import type { LifecycleSnapshot, NodeCommand } from '@wemixvisor/process';
import { AppError } from '../app-error.ts';
import type { StartReply, StartRequest } from '../control/operations.ts';
import type { StartSources } from '../settings/resolve-settings.ts';
import type { Settings } from '../settings/settings.ts';
import type { ConnectedParts } from './connect-parts.ts';
import { applySettings } from './apply-settings.ts';
import { completeLaunch } from './describe-launch.ts';
import { launchDifferences } from './launch-differences.ts';
import type { TcpServers } from './tcp-server.ts';
import { readUpgradeHistory } from '../state/upgrade-history.ts';
import { createUpgradeRecord } from './upgrade-record.ts';
import { isUpgradeUnderWay, upgradedStart } from './upgraded-start.ts';

/** Reads the sources of settings again. */
export type Reread = (sources: StartSources) => Promise<Settings>;

/** Starts and restarts the node as it is asked for, or as it was last. */
export interface NodeStarter {
  start(request?: StartRequest): Promise<StartReply>;
  restart(request?: StartRequest): Promise<void>;
}

/** Makes the starter of a supervisor. */
export function createNodeStarter(
  parts: ConnectedParts & { readonly tcp: TcpServers },
  reread: Reread,
): NodeStarter {
  const { options, supervision, settings, state, status, events } = parts;
  const { paths, platform } = options;
  const record = createUpgradeRecord(parts);

  /** Puts the settings of a request in force and gives the node's whole command. */
  function prepare(request: StartRequest) {
    settings.apply(request.settings);
    settings.remember(request);
    return completeLaunch(request.launch, paths.home, { ...request.settings, platform });
  }

  /** The last start once more, by the configuration of today. */
  async function lastStart(nothing: string): Promise<StartRequest> {
    const last = state.lastStart;
    if (last === undefined) throw new AppError(`${nothing}: wemixvisor start -- OPTIONS`);
    return { ...last, settings: await reread(last) };
  }

  /** The start with the program that an upgrade has put in the place of the one it names. */
  async function followed(request: StartRequest): Promise<StartRequest> {
    const { present } = record;
    const upgrades = [...readUpgradeHistory(paths), ...(present === null ? [] : [present])];
    const next = await upgradedStart(request, upgrades);
    const { file } = next.launch;
    if (file !== request.launch.file) {
      const text = `an upgrade has put ${file} in the place of ${request.launch.file}, so that is started; wemixvisor upgrade rollback brings the old one back`;
      events.publish({ type: 'notice', text });
    }
    return next;
  }

  const alreadyRunning = () => ({ outcome: 'already-running', status: status() }) as const;

  /** Leaves the running node as it is; settings that need no start of it are in force at once. */
  async function startAgain(request: StartRequest, command: NodeCommand): Promise<StartReply> {
    const differences = launchDifferences(command, request.launch);
    if (differences.length > 0) return { outcome: 'different', differences };
    settings.remember(request);
    state.rememberSources();
    const { binary, strict, allowRoot, waitTimeout } = settings.current;
    // These are for the start itself, which does not happen.
    const kept = { binary, strict, allowRoot, waitTimeout };
    const changes = await applySettings(parts, { ...request.settings, ...kept });
    if (changes.applied.length + changes.at_next_start.length > 0) {
      events.publish({ type: 'reloaded', ...changes });
    }
    return { ...alreadyRunning(), ...changes };
  }

  return {
    async start(asked) {
      const request = await followed(asked ?? (await lastStart('there is nothing to start again')));
      // Nothing may happen between this look and what follows from it.
      const { state: before, command } = supervision.snapshot;
      if (isUp(before) && command !== null) {
        return asked === undefined ? alreadyRunning() : startAgain(request, command);
      }
      // Also where the node is up but its command was lost: it has that of this start from its next one on.
      await supervision.start(prepare(request));
      return isUp(before) ? alreadyRunning() : { outcome: 'started', status: status() };
    },
    async restart(asked) {
      if (isUpgradeUnderWay(supervision.snapshot)) throw new AppError(underWay);
      const request = await followed(asked ?? (await lastStart('there is no node to restart')));
      await supervision.restart({ cause: 'operator', command: prepare(request) });
    },
  };
}

const underWay =
  'an upgrade is under way: wemixvisor upgrade status shows it, upgrade rollback takes it back';

const isUp = (state: LifecycleSnapshot['state']): boolean =>
  state === 'starting' || state === 'running';
