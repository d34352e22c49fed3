import { readFileSync, writeFileSync } from 'node:fs';
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
  /** What the node wrote, where its log was not rotated. */
  log(): string;
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
    log: () => readFileSync(join(base.home, 'logs/node.log'), 'utf8'),
  };
}
