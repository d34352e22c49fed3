import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { askNodeVersion } from '../src/geth-node.ts';

type Run = Parameters<typeof askNodeVersion>[1];

const execute = promisify(execFile);
const run: Run = (file, args, { timeoutMs, ...options }) =>
  execute(file, args, { ...options, timeout: timeoutMs });

/** A program of shell script that writes down how it is run. */
async function program(name: string, script: string) {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const file = join(folder.path, name);
  const runs = join(folder.path, 'runs');
  writeFileSync(runs, '');
  writeFileSync(file, `#!/bin/sh\necho "$@" >> ${runs}\n${script}\n`, { mode: 0o755 });
  return { file, runs: () => readFileSync(runs, 'utf8') };
}

const geth = 'echo Geth; echo "Version: 1.16.9-stable"';

describe("the version of a node's program", () => {
  it('is what it prints, asked in an empty folder that is its home', async () => {
    const { file, runs } = await program(
      'geth',
      `pwd >> "\${0%/*}/runs"; ls -a >> "\${0%/*}/runs"; ${geth}`,
    );
    const seen: string[] = [];
    const version = await askNodeVersion(file, (binary, args, limits) => {
      seen.push(limits.cwd);
      expect(limits).toMatchObject({ timeoutMs: 5_000, env: { HOME: limits.cwd } });
      return run(binary, args, limits);
    });
    expect(version).toEqual({ flavour: 'geth', version: '1.16.9', raw: '1.16.9-stable' });
    expect(runs()).toMatch(/^version\n.*node-version-.*\n\.\n\.\.\n$/);
    expect(existsSync(seen[0] ?? '/')).toBe(false);
  });

  it.each([
    ['geth-wrapper', 'geth'],
    ['gwemix', 'gwemix'],
    ['my-wemix', 'unknown'],
  ])('is unknown of a %s that prints nothing, which counts as %s', async (name, flavour) => {
    const { file } = await program(name, 'exit 1');
    expect(await askNodeVersion(file, run)).toMatchObject({ flavour, version: null });
  });

  it('is unknown where there is no room for temporary files', async () => {
    const { file, runs } = await program('geth', geth);
    onTestFinished(() => void vi.unstubAllEnvs());
    vi.stubEnv('TMPDIR', '/nonexistent');
    expect(await askNodeVersion(file, run)).toMatchObject({ flavour: 'geth', version: null });
    expect(runs()).toBe('');
  });

  it('is not asked of a script of another name', async () => {
    const { file, runs } = await program('start-my-node', geth);
    expect(await askNodeVersion(file, run)).toEqual({ flavour: 'unknown', version: null, raw: '' });
    expect(runs()).toBe('');
  });

  it('is asked for where the program is no script, whatever its name', async () => {
    const asked: string[] = [];
    const answer: Run = (_, args) => {
      asked.push(...args);
      return Promise.resolve({ stdout: 'Gwemix\nVersion: 0.10.9-stable\n' });
    };
    expect(await askNodeVersion(process.execPath, answer)).toMatchObject({ flavour: 'gwemix' });
    expect(asked).toEqual(['version']);
  });

  it('cannot be asked of a program that is not there', async () => {
    await expect(askNodeVersion('/nonexistent/node', run)).rejects.toThrow('ENOENT');
  });
});
