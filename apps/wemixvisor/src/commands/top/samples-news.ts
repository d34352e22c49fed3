import type { DashboardFacts, DashboardSource } from '@wemixvisor/dashboard';
import { requestJson } from '@wemixvisor/unix-http';
import type { HomePaths } from '../../state/home-paths.ts';

type News = Pick<DashboardFacts, 'samples' | 'noSamples'>;

/** The samples of a window, or why there are none. */
export async function samplesNews(
  paths: HomePaths,
  window: Parameters<DashboardSource['show']>[0]['window'],
): Promise<News> {
  const { status, body } = await requestJson(paths.socket, {
    method: 'GET',
    path: `/v1/samples?window=${window}`,
  });
  if (status === 404) return { samples: null, noSamples: 'no history: the supervisor is of 0.4.0' };
  return { samples: body as DashboardFacts['samples'], noSamples: null };
}
