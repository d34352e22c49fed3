import { join } from 'node:path';
import { startRpcServer, temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { becomesReady } from './readiness.ts';

const never = new AbortController().signal;

describe('becomesReady', () => {
  it('is true once the node has stayed up a while, where no endpoint is known', async () => {
    expect(await becomesReady({ endpoint: null, minimumUptimeMs: 1, signal: never })).toBe(true);
  });

  it('is false for a node that ends before that', async () => {
    const abort = new AbortController();
    const ready = becomesReady({
      endpoint: null,
      minimumUptimeMs: 3_600_000,
      signal: abort.signal,
    });
    abort.abort();
    expect(await ready).toBe(false);
  });

  it('is true once the node answers', async () => {
    await using server = await startRpcServer();
    const endpoint = { kind: 'http', url: server.url } as const;
    expect(await becomesReady({ endpoint, signal: never })).toBe(true);
  });

  it('looks again until the node answers or is not starting any more', async () => {
    await using folder = await temporaryDirectory();
    const endpoint = { kind: 'ipc', path: join(folder.path, 'none.ipc') } as const;
    const abort = new AbortController();
    const ready = becomesReady({ endpoint, everyMs: 1, signal: abort.signal });
    setImmediate(() => abort.abort());
    expect(await ready).toBe(false);
  });
});
