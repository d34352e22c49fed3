import { mkdirSync, writeFileSync } from 'node:fs';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cannedSupervisor } from '../../test/canned-supervisor.ts';
import { statusOf } from '../../test/status-of.ts';
import { homePaths } from '../state/home-paths.ts';
import { inspectHome } from './inspect-home.ts';

const pathsOf = (home: string) => homePaths(home, { temporaryDirectory: '/tmp', uid: 1 });

describe('inspectHome', () => {
  it('passes on what the supervisor says', async () => {
    const status = statusOf({ state: 'running', pid: 7 });
    const { home } = await cannedSupervisor({ 'GET /v1/status': { body: status } });
    expect(await inspectHome(pathsOf(home), 0)).toEqual({ status, problem: null });
  });

  it('does not take a supervisor that answers with an error for one that is gone', async () => {
    const body = { error: 'the disk is full' };
    const { home } = await cannedSupervisor({ 'GET /v1/status': { status: 500, body } });
    await expect(inspectHome(pathsOf(home), 0)).rejects.toThrow('the disk is full');
  });

  it('tells what is left of a home that nobody watches', async () => {
    const folder = await temporaryDirectory();
    onTestFinished(() => folder[Symbol.asyncDispose]());
    const paths = pathsOf(folder.path);
    expect(await inspectHome(paths, 0)).toEqual({ status: undefined, problem: null });
    mkdirSync(paths.run, { recursive: true });
    writeFileSync(paths.state, '{"half');
    const { status, problem } = await inspectHome(paths, 0);
    expect(status).toBeUndefined();
    expect(problem).toContain('state.json');
  });

  it('is that of a supervisor that came up while its files were read', async () => {
    const status = statusOf({ state: 'running' });
    const folder = await temporaryDirectory();
    onTestFinished(() => folder[Symbol.asyncDispose]());
    const answers = { 'GET /v1/status': { body: status } };
    const left = { status: statusOf({ state: 'crashed' }), problem: null };
    const found = await inspectHome(pathsOf(folder.path), 0, {
      lookOffline: async () => {
        await cannedSupervisor(answers, folder.path);
        return left;
      },
    });
    expect(found).toEqual({ status, problem: null });
    await using other = await temporaryDirectory();
    expect(
      await inspectHome(pathsOf(other.path), 0, { lookOffline: () => Promise.resolve(left) }),
    ).toBe(left);
  });
});
