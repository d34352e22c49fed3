import { describe, expect, it } from 'vitest';
import { settingsOf } from '../../test/fake-supervisor.ts';
import { launchOf } from '../../test/launch-of.ts';
import { createNodeDescriber } from './node-description.ts';

describe('the description of a node', () => {
  it('is read once for a command, until the place where the node is asked changes', () => {
    let settings = settingsOf();
    const describer = createNodeDescriber(() => settings, 'linux');
    const launch = launchOf();
    const first = describer.of(launch);
    expect(describer.of(launch)).toBe(first);
    expect(describer.of(launchOf())).not.toBe(first);
    expect(describer.of(launchOf())).toEqual(first);
    settings = settingsOf({ rpcUrl: 'http://127.0.0.1:7' });
    expect(describer.of(launch)?.endpoint).toMatchObject({ url: 'http://127.0.0.1:7/' });
    settings = { ...settings, rpcHeaders: ['X-Key: k'] };
    expect(describer.of(launch)?.endpoint).toMatchObject({ headers: { 'x-key': 'k' } });
  });

  it('is none where there is no command, and takes a command of unknown family as it is', () => {
    const describer = createNodeDescriber(() => settingsOf(), 'linux');
    expect(describer.of(null)).toBeNull();
    const command = { file: '/bin/other', args: [], env: {}, cwd: '/' };
    expect(describer.of(command)?.shown).toMatchObject({ binary: '/bin/other', version: null });
  });
});
