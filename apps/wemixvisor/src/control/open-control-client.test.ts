import { chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { homePaths } from '../state/home-paths.ts';
import { openControlClient } from './open-control-client.ts';
import { SupervisorUnreachable } from './client.ts';

async function withSocketOf(owner: number | undefined) {
  const folder = await temporaryDirectory();
  const paths = homePaths(folder.path, { temporaryDirectory: folder.path, uid: 1 });
  mkdirSync(paths.run);
  writeFileSync(paths.socket, '');
  if (owner !== undefined) chownSync(paths.socket, owner, owner);
  return { paths, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe('openControlClient', () => {
  it('finds nobody behind a file that is no socket, or where there is none', async () => {
    await using own = await withSocketOf(undefined);
    await expect(openControlClient(own.paths).status()).rejects.toBeInstanceOf(
      SupervisorUnreachable,
    );
    const nowhere = homePaths('/nowhere', { temporaryDirectory: '/tmp', uid: 1 });
    await expect(openControlClient(nowhere).status()).rejects.toBeInstanceOf(SupervisorUnreachable);
  });

  it.runIf(process.getuid?.() === 0)('says nothing to the socket of a stranger', async () => {
    await using foreign = await withSocketOf(4242);
    expect(() => openControlClient(foreign.paths)).toThrow('does not belong to the owner of');
  });

  it('says nothing to a socket elsewhere while the home does not exist', async () => {
    await using folder = await temporaryDirectory();
    const deep = `${folder.path}/${'deep/'.repeat(30)}`;
    const paths = homePaths(deep, { temporaryDirectory: folder.path, uid: 1 });
    expect(paths.socketMoved).toBe(true);
    mkdirSync(`${folder.path}/wemixvisor-1`);
    writeFileSync(paths.socket, '');
    expect(() => openControlClient(paths)).toThrow('does not belong to the owner of');
  });
});
