import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anvil, anvilBinary } from '../harness/clients.ts';
import { installation } from '../harness/installation.ts';
import { until } from '../harness/until.ts';

describe('an upgrade of a real client', () => {
  it('is kept where the next release goes on with the chain, and goes back from one of another chain', async () => {
    await using wemixvisor = await installation();
    const state = join(wemixvisor.home, '..', 'chain.json');
    // The time of the first block is part of its hash.
    const { args, rpcUrl } = await anvil('--state', state, '--timestamp', '1700000000');
    const binary = anvilBinary('before');
    const options = ['--binary', binary, '--rpc-url', rpcUrl, '--health-check-interval', '500ms'];
    await wemixvisor.run('start', ...options, '--', ...args);
    const before = await until(wemixvisor, ({ version }) => version !== null, 'its version');
    expect(before.version).toBe('anvil/v1.5.1');

    const upgrade = ['upgrade', anvilBinary(), '--watch', '5s'];
    const kept = await wemixvisor.run(...upgrade);
    expect([kept.code, kept.stdout + kept.stderr]).toEqual([
      0,
      expect.stringContaining('the new program has proved itself'),
    ]);
    const after = await wemixvisor.status();
    expect(after).toMatchObject({ state: 'running', version: 'anvil/v1.7.1', args });

    const other = await wemixvisor.run(...upgrade, '--force', '--', ...args, '--chain-id', '5');
    expect([other.code, other.stdout + other.stderr]).toEqual([
      1,
      expect.stringContaining('its chain id is 5, not 31337'),
    ]);
    const back = await until(
      wemixvisor,
      ({ state: now }) => now === 'running',
      'the old arguments',
    );
    expect(back.args).toEqual(args);
  });
});
