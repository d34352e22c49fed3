import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fake, type Client } from './clients.ts';
import { installation, type Installation, type Status } from './installation.ts';
import { until } from './until.ts';

/** An installation whose node is the stand-in for geth. */
export interface FakeInstallation extends Installation {
  readonly client: Client;
  /** The words of a `start` with options of wemixvisor's own. */
  startWords(...options: readonly string[]): readonly string[];
  /** Scripts the running node through its control file. */
  script(change: Readonly<Record<string, unknown>>): void;
  /** Waits until the status is as wanted, and returns it. */
  until(fits: (status: Status) => boolean, what: string): Promise<Status>;
  /** Every line that the node wrote. */
  log(): Promise<string>;
}

/** A home of its own and a stand-in for geth in it; nothing runs yet. */
export async function fakeInstallation(
  variables: Readonly<Record<string, string>> = {},
): Promise<FakeInstallation> {
  const base = await installation(variables);
  const data = join(base.home, 'data');
  const client = await fake(data);
  return {
    ...base,
    client,
    startWords: (...options) => [
      ...['start', '--binary', client.binary, ...options],
      ...['--', ...client.args],
    ],
    script: (change) => writeFileSync(join(data, 'fake-geth.json'), JSON.stringify(change)),
    until: (fits, what) => until(base, fits, what),
    log: async () => (await base.run('logs', '-n', 'all')).stdout,
  };
}
