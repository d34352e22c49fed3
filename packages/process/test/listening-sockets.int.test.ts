import { createServer } from 'node:net';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { listeningSockets } from '../src/index.ts';

it('finds a socket while somebody listens on it', async () => {
  await using folder = await temporaryDirectory();
  const path = join(folder.path, 'control.sock');
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(path, resolve));
  expect(listeningSockets()).toContain(path);
  await new Promise((resolve) => void server.close(resolve));
  expect(listeningSockets()).not.toContain(path);
});
