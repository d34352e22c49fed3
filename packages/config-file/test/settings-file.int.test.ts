import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { declareSettings, setting, valueTypes } from '../src/index.ts';

const { duration, variables, wholeNumber } = valueTypes;
const app = declareSettings(
  { prefix: 'APP_', list: 'app config' },
  {
    env: setting<readonly string[]>(variables, 'node.env', [], { help: 'Variables' }),
    max: setting(wholeNumber(0), 'restart.max', 5, { help: 'Restarts' }),
    minPeers: setting(wholeNumber(0), 'health.min_peers', 1, { help: 'Peers' }),
    stopTimeout: setting(duration, 'stop.timeout', 5_000, { help: 'Grace' }),
  },
);

async function reading(toml: string) {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'app.toml');
  writeFileSync(path, toml, { mode: 0o600 });
  return app.readFile(path);
}

describe('readFile', () => {
  it('gives the values by key', async () => {
    const read = await reading('[restart]\nmax = 3\n[health]\nmin_peers = 2\n');
    expect([...(read?.values ?? [])]).toEqual([
      ['restart.max', 3],
      ['health.min_peers', 2],
    ]);
    expect(read?.problems).toEqual([]);
  });

  it('names all that is no setting, with its line and the nearest key', async () => {
    const read = await reading(`# first
[health]
min_peer = 2
[restrat]
max = 2
[start]
[node.env]
ANY = "thing"
[nonsense]
[stop]
timeout = { a = 1 }
"((" = 1
`);
    expect(read?.problems.map((line) => line.replace(/^.*app\.toml/, ''))).toEqual([
      ':3: health.min_peer is not a setting: did you mean health.min_peers?',
      ':5: restrat.max is not a setting: did you mean restart.max?',
      ':6: start is not a setting; app config lists them all',
      ':9: nonsense is not a setting; app config lists them all',
      ':12: stop.(( is not a setting; app config lists them all',
    ]);
    expect([...(read?.values.keys() ?? [])]).toEqual(['node.env', 'stop.timeout']);
    expect(read?.placeOf('stop.timeout')).toMatch(/app\.toml:11$/);
  });

  it('finds a key that stands in no table by its last name', async () => {
    const read = await reading('min_peers = 2\n');
    expect(read?.problems[0]).toMatch(/:1: min_peers is .* did you mean health\.min_peers\?$/);
  });

  it('takes a missing file for none where it need not be there', () => {
    expect(app.readFile('/nowhere/app.toml', { required: false })).toBeUndefined();
    expect(() => app.readFile('/nowhere/app.toml')).toThrow('cannot read the configuration');
  });
});
