import { chmodSync, mkdirSync } from 'node:fs';
import { openLogStore, type LogStore } from '@wemixvisor/logs';
import { acquireLock } from '@wemixvisor/process';
import { AppError, messageOf } from '../app-error.ts';
import type { HomePaths } from '../state/home-paths.ts';
import { registerFolder, registerHome } from '../state/home-register.ts';
import { createEventStream, type EventStream } from './events.ts';
import { journalEvent } from './journal-subscriber.ts';
import { openJournal, type Journal, type OpenJournal } from './journal.ts';
import { logLimits } from './log-limits.ts';
import { createNodeDescriber, type NodeDescriber } from './node-description.ts';
import { createSettingsHolder, type SettingsHolder } from './settings-holder.ts';
import type { SupervisorPorts } from './ports.ts';
import type { SupervisorOptions } from './supervisor-options.ts';
import { openSupervisorState, recollect, type SupervisorState } from './supervisor-state.ts';

/** Another supervisor has the home. */
export class HomeHeld extends AppError {}

type HomeLock = NonNullable<Awaited<ReturnType<typeof acquireLock>>['lock']>;

/** First stage: a home that belongs to this supervisor alone, with its journal, log and state. */
export interface OpenedHome {
  readonly options: SupervisorOptions;
  readonly settings: SettingsHolder;
  readonly events: EventStream;
  readonly journal: Journal;
  /** Hands on each line of the journal. */
  readonly followJournal: OpenJournal['follow'];
  readonly store: LogStore;
  readonly state: SupervisorState;
  readonly describer: NodeDescriber;
  /** What the operator should hear of the start. */
  readonly notices: readonly string[];
  /** Resolves, with the reason, when the home is no longer this supervisor's: its lock was removed, or the home was. */
  readonly lost: Promise<string>;
  /** Closes log and journal, and gives the home back. */
  close(): Promise<void>;
}

/** Takes the lock of the home and opens what is in it. */
export async function openHome(
  options: SupervisorOptions,
  clock?: SupervisorPorts['process']['clock'],
): Promise<OpenedHome> {
  const { paths } = options;
  const ports = clock && { clock };
  const outcome = await acquireLock(paths.run, options.pid, ports).catch((cause: unknown) => {
    throw unusable(paths, cause);
  });
  if (outcome.lock === null) {
    const where = outcome.host === undefined ? '' : ` of another container (${outcome.host})`;
    throw new HomeHeld(
      `supervisor ${outcome.heldBy}${where} already has ${paths.home}: wemixvisor status shows its node, wemixvisor logs -f follows it`,
    );
  }
  const { lock } = outcome;
  try {
    prepareHome(paths);
    return openLockedHome(options, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

function openLockedHome(options: SupervisorOptions, lock: HomeLock): OpenedHome {
  const { paths, platform, echo } = options;
  const {
    journal,
    follow: followJournal,
    close: closeJournal,
  } = openJournal({
    directory: paths.logs,
    level: options.settings.logLevel,
    echo,
  });
  register(options, journal);
  const events = createEventStream((fault) => journal.error({ event: 'fault' }, fault));
  events.subscribe((event) => journalEvent(journal, event));
  const { earlier, sources, notice } = recollect(paths);
  const settings = createSettingsHolder(options.settings, sources);
  const store = openLogStore(
    { directory: paths.logs, name: 'node', ...logLimits(settings.current) },
    { onEvent: (event, words) => events.publish({ type: 'log', event, words }) },
  );
  settings.subscribe((next) => {
    journal.level = next.logLevel;
    store.update(logLimits(next));
  });
  const describer = createNodeDescriber(() => settings.current, platform);
  const state = openSupervisorState({
    paths,
    settings,
    earlier,
    shown: (command) => describer.of(command)?.shown ?? null,
  });
  return {
    options,
    settings,
    events,
    journal,
    followJournal,
    store,
    state,
    describer,
    notices: notice === null ? [] : [notice],
    lost: lock.lost,
    async close() {
      events.open(); // a start that failed before its stream was opened has something to say
      await store.dispose();
      events.publish({ type: 'ended' });
      await closeJournal();
      try {
        if (options.isTrial === true) state.forgetTrial();
      } finally {
        lock.release();
      }
    },
  };
}

/** For `ps`. A home that is not registered is found all the same while its supervisor runs. */
function register({ paths, uid, ...options }: SupervisorOptions, journal: Journal): void {
  try {
    registerHome(registerFolder(options), paths.home, uid);
  } catch (error) {
    const text = `wemixvisor ps will list this home only while a supervisor runs: ${messageOf(error)}`;
    journal.info({ event: 'notice' }, text);
  }
}

function prepareHome(paths: HomePaths): void {
  try {
    for (const folder of [paths.logs, paths.crashes]) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    }
    chmodSync(paths.home, 0o700);
    chmodSync(paths.run, 0o700);
  } catch (error) {
    throw unusable(paths, error);
  }
}

const unusable = ({ home }: HomePaths, cause: unknown) =>
  new AppError(
    `cannot use ${home} as the home: ${messageOf(cause)}; name another with --home DIR`,
    {
      cause,
    },
  );
