import type { DashboardFacts, DashboardSource } from '@wemixvisor/dashboard';
import { OperationUnknown, type ControlClient } from '../../control/client.ts';

type News = Pick<DashboardFacts, 'samples' | 'noSamples'>;

/** The samples of a window, or why there are none. */
export async function samplesNews(
  client: Pick<ControlClient, 'samples'>,
  window: Parameters<DashboardSource['show']>[0]['window'],
): Promise<News> {
  try {
    return { samples: await client.samples({ window }), noSamples: null };
  } catch (error) {
    if (!(error instanceof OperationUnknown)) throw error;
    return { samples: null, noSamples: 'no history: the supervisor is of 0.4.0' };
  }
}
