import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { detectNode } from '../src/state/detect-node.ts';

/** A program of shell script that counts how often it is run, and the cache of its version. */
async function program(name: string, script: string) {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const file = join(folder.path, name);
  const cache = join(folder.path, 'versions.json');
  const runs = join(folder.path, 'runs');
  writeFileSync(runs, '');
  writeFileSync(file, `#!/bin/sh\necho "$@" >> ${runs}\n${script}\n`, { mode: 0o755 });
  return {
    file,
    cache,
    detect: () => detectNode(file, cache),
    runs: () => readFileSync(runs, 'utf8'),
  };
}

const geth = 'echo Geth; echo "Version: 1.16.9-stable"';

describe("the version of a node's program", () => {
  it('is asked for once, until the program changes', async () => {
    const { file, cache, detect, runs } = await program('geth', geth);
    const version = await detect();
    expect(version).toMatchObject({ flavour: 'geth', version: '1.16.9' });
    expect(await detect()).toEqual(version);
    expect(runs()).toBe('version\n');
    expect(statSync(cache).mode & 0o777).toBe(0o600);
    appendFileSync(file, '# another build\n');
    expect(await detect()).toEqual(version);
    expect(runs()).toBe('version\nversion\n');
  });

  it('is asked for again where its cache is damaged', async () => {
    const { cache, detect, runs } = await program('geth', geth);
    writeFileSync(cache, '{"half');
    expect(await detect()).toMatchObject({ version: '1.16.9' });
    expect(runs()).toBe('version\n');
  });

  it('cannot be asked of a program that is not there', async () => {
    await expect(detectNode('/nonexistent/geth', '/nonexistent/cache')).rejects.toThrow('ENOENT');
  });
});
