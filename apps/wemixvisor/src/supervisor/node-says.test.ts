import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { etcdFailure, repairsDatabase, standstillReason } from './node-says.ts';

/** A log of the node with one line, and what can be added to it. */
async function logOf(line: string) {
  const folder = await temporaryDirectory();
  const logs = join(folder.path, 'logs');
  const file = join(logs, 'node.log');
  mkdirSync(logs);
  writeFileSync(file, `${line}\n`);
  return {
    logs,
    add: (text: string) => appendFileSync(file, `${text}\n`),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

const warnAt = (time: string, text: string) => `t=${time} lvl=warn msg="${text}"`;
const warn = (text: string) => warnAt('2026-03-04T09:15:03+0000', text);

describe('a node that starts', () => {
  it.each([
    'Head state missing, repairing',
    'Rewinding blockchain to block',
    'Rewinding chain to block',
    'Upgrade blockchain database version',
  ])('repairs its database where it says: %s', async (text) => {
    await using log = await logOf(warn(text));
    const { signal } = new AbortController();
    expect(await repairsDatabase(log.logs, 0, signal)).toBe(true);
  });

  it.each([
    ['it says something else', 'Loaded most recent local block', 0],
    ['an earlier one said it', 'Head state missing, repairing', Date.parse('2026-03-04T09:15:04Z')],
  ])('repairs nothing where %s, until it says so itself', async (_, said, startedAt) => {
    await using log = await logOf(warn(said));
    const { signal } = new AbortController();
    const seen: boolean[] = [];
    const watch = repairsDatabase(log.logs, startedAt, signal);
    void watch.then((repairs) => seen.push(repairs));
    await new Promise(setImmediate);
    expect(seen).toEqual([]);
    log.add(warnAt('2026-03-04T09:15:05+0000', 'Head state missing, repairing'));
    expect(await watch).toBe(true);
  });

  it('is watched until it is up, and its times are whole seconds', async () => {
    await using log = await logOf(warn('Head state missing, repairing'));
    const { signal } = new AbortController();
    const startedAt = Date.parse('2026-03-04T09:15:03.900Z');
    expect(await repairsDatabase(log.logs, startedAt, signal)).toBe(true);
    const ended = AbortSignal.abort();
    expect(await repairsDatabase(log.logs, startedAt, ended)).toBe(false);
    expect(await repairsDatabase('/dev/null/logs', startedAt, signal)).toBe(false);
  });
});

describe('a node that stands still', () => {
  const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

  it.each([
    'Post-merge network, but no beacon client seen. Please launch one to follow the chain!',
    'Previously seen beacon client is offline. Please ensure it is operational to follow the chain!',
    'Beacon client online, but never received consensus updates. Please ensure your beacon client is operational to follow the chain!',
    'Beacon client online, but no consensus updates received in a while. Please fix your beacon client to follow the chain!',
  ])('says that it lacks a consensus client: %s', async (text) => {
    await using log = await logOf(warnAt(ago(5), text));
    expect(await standstillReason(log.logs, 0)).toMatch(/no consensus client drives it/);
  });

  it.each([
    'go-wemix skips mining due to MontBlanc hard fork height=30 parent-hash=11cc16..c0ea5f',
    'go-wemix skips mining due to mont blanc fork    height=30 parent-hash=11cc16..c0ea5f',
    'Synchronisation failed, dropping peer           err="go-wemix does not support blocks after MontBlanc hard fork"',
  ])('says that it was planned: %s', async (text) => {
    await using log = await logOf(warnAt(ago(5), text));
    expect(await standstillReason(log.logs, 0)).toMatch(/its chain ends here, at a hard fork/);
  });

  it('said so in this run, not long ago, and in a log that can be read', async () => {
    const text = 'Post-merge network, but no beacon client seen.';
    await using old = await logOf(warnAt(ago(6), text));
    expect(await standstillReason(old.logs, 0)).toBeNull();
    await using earlier = await logOf(warnAt(ago(2), text));
    expect(await standstillReason(earlier.logs, Date.now() - 60_000)).toBeNull();
    expect(await standstillReason('/dev/null/logs', 0)).toBeNull();
  });
});

describe('the etcd of a member', () => {
  const error = 'listen tcp 0.0.0.0:8590: bind: address already in use';
  const seconds = (ago: number) => new Date(Date.now() - ago * 1_000).toISOString();
  const text = (ago: number) =>
    `t=${seconds(ago)} lvl=eror msg="etcd failed to start" error="${error}"`;
  const json = (ago: number) =>
    JSON.stringify({ error, lvl: 'eror', msg: 'etcd failed to start', t: seconds(ago) });

  it.each([text, json])('says lately why it does not run, in each format', async (line) => {
    await using log = await logOf(line(5));
    expect(await etcdFailure(log.logs)).toBe(error);
    await using old = await logOf(line(60));
    expect(await etcdFailure(old.logs)).toBeNull();
  });
});
