import { setTimeout as sleep } from 'node:timers/promises';
import type { DashboardFacts, DashboardSource } from '@wemixvisor/dashboard';
import { messageOf } from '../../app-error.ts';
import type { CommandContext } from '../../context.ts';
import { inspectHome } from '../../control/inspect-home.ts';
import { openControlClient } from '../../control/open-control-client.ts';
import { homeName } from '../../render/home-name.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import { followLog } from './follow-log.ts';
import { graceWords } from './grace-words.ts';
import { runAction } from './run-action.ts';
import { samplesNews } from './samples-news.ts';

/** Milliseconds between two questions; without a supervisor the files of the home are read instead. */
const everyMs = { least: 250, status: 1_000, files: 2_000, rest: 5_000 };

type Wanted = Parameters<DashboardSource['show']>[0];

/** What `top` shows of a home: asked of its supervisor, and read of its logs. */
export function createSource(
  context: CommandContext,
  paths: HomePaths,
): DashboardSource & { readonly close: () => void } {
  const closed = new AbortController();
  const { signal } = closed;
  const events = followLog(paths, 'supervisor', signal);
  const log = followLog(paths, 'node', signal);
  let facts: Omit<DashboardFacts, 'events' | 'log'> = {
    ...{
      home: homeName(paths.home, context.homeDirectory),
      grace: null,
      status: null,
      statusAt: null,
      problem: null,
    },
    ...{ lastHealth: null, samples: null, noSamples: null, alerts: null },
  };
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
    const news = await statusNews(paths, facts);
    // Nobody judges what is wrong while no supervisor watches.
    learn(news.status?.supervisor_pid === null ? { ...news, alerts: null } : news);
    return news.status?.supervisor_pid === null ? everyMs.files : everyMs.status;
  };
  const askRest = async () => {
    learn(await restNews(paths, wanted?.window ?? '15m'));
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
        void askRest().catch(() => {});
      }
      if (before === undefined || before.level !== next.level) log.read(next.level, onChange);
    },
    act: (action, say) => runAction(context, paths, action, say),
    close: () => closed.abort(),
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
): Promise<Partial<DashboardFacts>> {
  const alerts = openControlClient(paths)
    .alerts()
    .then(({ troubles }) => troubles);
  const [told, seen] = await Promise.allSettled([alerts, samplesNews(paths, window)]);
  return {
    alerts: told.status === 'fulfilled' ? told.value : null,
    ...(seen.status === 'fulfilled' && seen.value),
  };
}

async function statusNews(
  paths: HomePaths,
  { lastHealth, status: before }: Pick<DashboardFacts, 'lastHealth' | 'status'>,
): Promise<Pick<DashboardFacts, 'status' | 'statusAt' | 'problem' | 'lastHealth'>> {
  try {
    const { status = null, problem } = await inspectHome(paths, Date.now());
    // The last check of this process is worth something, with its age, also when nobody checks any more.
    const isSame = status !== null && status.pid !== null && status.pid === before?.pid;
    const kept = status?.health ?? (isSame ? lastHealth : null);
    return { status, statusAt: Date.now(), problem, lastHealth: kept };
  } catch (error) {
    return { status: null, statusAt: Date.now(), problem: messageOf(error), lastHealth };
  }
}
