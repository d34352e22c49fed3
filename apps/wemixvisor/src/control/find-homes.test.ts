import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  forgetHome,
  registerFolder,
  registerHome,
  registeredHomes,
} from '../state/home-register.ts';
import { findHomes } from './find-homes.ts';

const uid = process.getuid?.() ?? -1;

/** A user with some homes that were used; `find` looks for them, with sockets in some. */
async function user(...names: readonly string[]) {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const homeDirectory = folder.path;
  const at = (name: string) => join(homeDirectory, name);
  for (const name of names) {
    mkdirSync(join(at(name), 'logs'), { recursive: true });
    writeFileSync(join(at(name), 'logs/wemixvisor.log'), '');
  }
  const register = registerFolder({ env: {}, homeDirectory });
  const seeker = { env: {}, homeDirectory, uid, chosen: at('.wemixvisor') };
  return {
    at,
    register: (name: string) => registerHome(register, at(name), uid),
    forget: (name: string) => forgetHome(register, at(name)),
    registered: () => registeredHomes(register),
    find: (sockets: readonly string[] = [], changes: Partial<typeof seeker> = {}) => {
      const { homes, gone } = findHomes({ ...seeker, ...changes }, () => sockets);
      return { homes: homes.map(({ home }) => home.slice(homeDirectory.length + 1)), gone };
    },
  };
}

describe('the homes on a machine', () => {
  it('are the registered ones and those with a control socket, each once', async () => {
    const { at, register, find } = await user('a', 'b', 'c');
    register('b');
    register('a');
    symlinkSync(at('a'), at('link'));
    register('link');
    const sockets = ['a', 'c'].map((name) => join(at(name), 'run/control.sock'));
    expect(find(sockets)).toEqual({ homes: ['a', 'b', 'c'], gone: [] });
    expect(find(sockets, { chosen: at('link') }).homes).toEqual(['link', 'b', 'c']);
  });

  it('include the chosen one where it has been used', async () => {
    const { at, find } = await user('.wemixvisor', 'data');
    mkdirSync(at('empty'));
    expect(find().homes).toEqual(['.wemixvisor']);
    expect(find([], { chosen: at('data') }).homes).toEqual(['data']);
    for (const name of ['empty', 'missing']) {
      expect(find([], { chosen: at(name) }).homes).toEqual([]);
    }
  });

  it('are not the folders of other programs that have a control socket', async () => {
    const { at, find } = await user();
    mkdirSync(at('run'));
    const sockets = [at('run/control.sock'), at('other.sock'), '/run/control.sock'];
    expect(find(sockets).homes).toEqual([]);
  });

  it('are said to be gone until they are forgotten, and listed again where they are registered again', async () => {
    const { at, register, registered, forget, find } = await user('a', 'b');
    register('a');
    register('b');
    renameSync(at('a'), at('moved'));
    expect(find()).toEqual({ homes: ['b'], gone: [at('a')] });
    expect(find().gone).toEqual([at('a')]);
    forget('a');
    expect(registered()).toEqual([at('b')]);
    expect(find()).toEqual({ homes: ['b'], gone: [] });
    register('moved');
    expect(find().homes).toEqual(['b', 'moved']);
    rmSync(at('b'), { recursive: true });
    writeFileSync(at('b'), 'a file now');
    expect(find()).toEqual({ homes: ['moved'], gone: [at('b')] });
  });

  it('of others are seen by root alone', async () => {
    const { at, find } = await user('theirs');
    const sockets = [join(at('theirs'), 'run/control.sock')];
    expect(find(sockets, { uid: uid + 1 }).homes).toEqual([]);
    expect(find(sockets, { uid: 0 }).homes).toEqual(['theirs']);
  });
});
