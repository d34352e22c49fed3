import { setTimeout as sleep } from 'node:timers/promises';
import { existsSync } from 'node:fs';
import type { DashboardFacts, DashboardSource } from '@wemixvisor/dashboard';
import { messageOf } from '../../app-error.ts';
import type { CommandContext } from '../../context.ts';
import { inspectHome } from '../../control/inspect-home.ts';
import { openControlClient } from '../../control/open-control-client.ts';
import { homeName } from '../../render/home-name.ts';
import { neverStarted, type HomePaths } from '../../state/home-paths.ts';
import { followLog } from './follow-log.ts';
import { graceWords } from './grace-words.ts';
import { runAction } from './run-action.ts';
import { samplesNews } from './samples-news.ts';

/** Milliseconds between two questions; without a supervisor the files of the home are read instead. */
const everyMs = { least: 250, status: 1_000, files: 2_000, rest: 5_000 };

/** Milliseconds after which a supervisor that has not answered yet is said to hang. */
const firstAnswerMs = 3_000;

type Wanted = Parameters<DashboardSource['show']>[0];

/** What `top` shows of a home, beside its place among others. */
export interface HomeSource {
  facts(): Omit<DashboardFacts, 'place'>;
  readonly show: DashboardSource['show'];
  readonly act: DashboardSource['act'];
  /** Reads no more. */
  close(): void;
}

/** The source of a home: asked of its supervisor, and read of its logs. */
export function createSource(context: CommandContext, paths: HomePaths): HomeSource {
  const closed = new AbortController();
  const { signal } = closed;
  const events = followLog(paths, 'supervisor', signal);
  const log = followLog(paths, 'node', signal);
  let facts = nothingKnown(homeName(paths.home, context.homeDirectory));
  let wanted: Wanted | undefined;
  let changed = () => {};
  const learn = (news: Partial<typeof facts>) => {
    facts = { ...facts, ...news };
    changed();
  };

  const { repeat, wake } = repeatUntil(signal);
  const heard = () => {
    wake();
    changed();
  };
  const askStatus = async () => {
    const news = await statusNews(paths, facts, signal);
    // Nobody judges what is wrong while no supervisor watches.
    learn(news.status?.supervisor_pid === null ? { ...news, alerts: null } : news);
    return news.status?.supervisor_pid === null ? everyMs.files : everyMs.status;
  };
  const askRest = async () => {
    const window = wanted?.window ?? '15m';
    const news = await restNews(paths, window, signal);
    // Another window may have been chosen meanwhile.
    if (window === wanted?.window) learn(news);
    return everyMs.rest;
  };

  return {
    facts: () => ({ ...facts, events: events.lines(), log: log.lines() }),
    show(next, onChange) {
      const before = wanted;
      wanted = next;
      changed = onChange;
      if (before === undefined) {
        events.read('info', heard);
        void repeat(askStatus);
        void repeat(() => askRest().catch(() => everyMs.rest));
        learn({ grace: graceWords(context, paths) });
      } else if (before.window !== next.window) {
        facts = { ...facts, samples: null, noSamples: null };
        void askRest().catch(() => {});
      }
      if (before === undefined || before.level !== next.level) log.read(next.level, onChange);
    },
    act: (action, say) => runAction(context, paths, action, say),
    close: () => closed.abort(),
  };
}

/** What there is to show of a home before anybody was asked. */
export function nothingKnown(home: string): Omit<DashboardFacts, 'place' | 'events' | 'log'> {
  return {
    ...{ home, grace: null, status: null, statusAt: null, problem: null },
    ...{ lastHealth: null, samples: null, noSamples: null, alerts: null },
  };
}

/** Asks again and again, until the dashboard is closed; sooner when it is woken. */
function repeatUntil(signal: AbortSignal) {
  let woken = new AbortController();
  return {
    wake: () => {
      woken.abort();
      woken = new AbortController();
    },
    repeat: async (ask: () => Promise<number>): Promise<void> => {
      while (!signal.aborted) {
        const ms = await ask();
        await sleep(Math.min(ms, everyMs.least), undefined, { signal }).catch(() => {});
        const either = AbortSignal.any([signal, woken.signal]);
        await sleep(ms - everyMs.least, undefined, { signal: either }).catch(() => {});
      }
    },
  };
}

/** Alerts and samples. What was seen of them stays where they are not told, with its age. */
async function restNews(
  paths: HomePaths,
  window: Wanted['window'],
  signal: AbortSignal,
): Promise<Partial<DashboardFacts>> {
  const client = openControlClient(paths, signal);
  const [told, seen] = await Promise.allSettled([client.alerts(), samplesNews(client, window)]);
  return {
    alerts: told.status === 'fulfilled' ? told.value.troubles : null,
    ...(seen.status === 'fulfilled' && seen.value),
  };
}

async function statusNews(
  paths: HomePaths,
  { lastHealth, status: before }: Pick<DashboardFacts, 'lastHealth' | 'status'>,
  signal: AbortSignal,
): Promise<Pick<DashboardFacts, 'status' | 'statusAt' | 'problem' | 'lastHealth'>> {
  // Who has an answer already sees how old it is.
  const late = before === null ? AbortSignal.timeout(firstAnswerMs) : null;
  try {
    const until = AbortSignal.any([signal, ...(late === null ? [] : [late])]);
    const { status = null, problem } = await inspectHome(paths, Date.now(), { signal: until });
    // The last check of this process is worth something, with its age, also when nobody checks any more.
    const isSame = status !== null && status.pid !== null && status.pid === before?.pid;
    const kept = status?.health ?? (isSame ? lastHealth : null);
    const why = status === null ? (problem ?? nothingThere(paths)) : problem;
    return { status, statusAt: Date.now(), problem: why, lastHealth: kept };
  } catch (error) {
    const problem = late?.aborted === true ? noAnswer : messageOf(error);
    return { status: null, statusAt: Date.now(), problem, lastHealth };
  }
}

const noAnswer = `no answer from its supervisor within ${firstAnswerMs / 1000} s`;

const nothingThere = (paths: HomePaths): string =>
  existsSync(paths.home) ? neverStarted(paths) : `the folder ${paths.home} is gone`;
