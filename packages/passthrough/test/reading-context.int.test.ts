import { execFileSync } from 'node:child_process';
import { truncateSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { deriveNodeFacts, validate } from '../src/geth.ts';
import { machineContext } from '../src/geth-node.ts';

let folder: string;
let temporary: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeEach(async () => {
  temporary = await temporaryDirectory();
  folder = temporary.path;
});
afterEach(async () => {
  vi.restoreAllMocks();
  await temporary[Symbol.asyncDispose]();
});

const codes = (path: string) =>
  validate(['--config', path], {
    ...machineContext(),
    flavour: 'geth',
    version: '1.17.5',
  }).map(({ code }) => code);

describe('this machine', () => {
  it('gives the file of --config', () => {
    const path = join(folder, 'geth.toml');
    writeFileSync(path, '[Node]\nHTTPHost = "127.0.0.1"\nHTTPPort = 5\n');
    const { endpoint } = deriveNodeFacts(['--config', 'geth.toml'], {
      ...machineContext(),
      flavour: 'geth',
      cwd: folder,
    });
    expect(endpoint).toEqual({ kind: 'http', url: 'http://127.0.0.1:5' });
    expect(codes(path)).toEqual([]);
  });

  it('gives the home and the temporary directory', () => {
    const base = deriveNodeFacts([], {
      ...machineContext({}),
      flavour: 'geth',
      platform: 'linux',
    }).dataDirectory;
    expect(base).toBe(join(homedir(), '.ethereum'));
    const { endpoints } = deriveNodeFacts(['--dev'], {
      ...machineContext({ TMPDIR: folder }),
      flavour: 'geth',
    });
    expect(endpoints.ipc).toEqual({ kind: 'ipc', path: join(folder, 'geth.ipc') });
  });

  it('does not let a pipe, a folder or a giant be read as a configuration', () => {
    const pipe = join(folder, 'pipe');
    execFileSync('/bin/sh', ['-c', 'mkfifo "$1"', 'sh', pipe]);
    const giant = join(folder, 'giant');
    writeFileSync(giant, '');
    truncateSync(giant, 5 * 1024 * 1024);
    for (const path of [pipe, giant, folder, join(folder, 'missing'), '/dev/zero']) {
      expect(codes(path)).toEqual(['config-unreadable']);
    }
  });

  it('is none of those who do not say so', () => {
    const path = join(folder, 'geth.toml');
    writeFileSync(path, '');
    const [finding] = validate(['--config', path], { flavour: 'geth' });
    expect(finding?.message).toContain('no readFile was given');
    const { dataDirectory, endpoints } = deriveNodeFacts(['--dev'], { flavour: 'geth' });
    expect(dataDirectory).toBeNull();
    expect(endpoints.ipc).toEqual({ kind: 'ipc', path: '/tmp/geth.ipc' });
  });

  it('may have lost its working directory', () => {
    vi.spyOn(process, 'cwd').mockImplementation(() => {
      throw new Error('ENOENT: uv_cwd');
    });
    expect(
      deriveNodeFacts(['--datadir', 'd'], { ...machineContext(), flavour: 'geth' }).dataDirectory,
    ).toBe('/d');
  });
});
