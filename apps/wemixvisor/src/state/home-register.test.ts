import { mkdirSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { forgetHome, registeredHomes, registerFolder, registerHome } from './home-register.ts';

const uid = process.getuid?.() ?? -1;

/** A user's home directory with the folder of a register that is not there yet. */
async function userFolder() {
  const user = await temporaryDirectory();
  onTestFinished(() => user[Symbol.asyncDispose]());
  return { path: user.path, folder: registerFolder({ env: {}, homeDirectory: user.path }) };
}

describe('the register of homes', () => {
  it('lies where the state of a user does', () => {
    const folderFor = (state?: string) =>
      registerFolder({ env: { XDG_STATE_HOME: state }, homeDirectory: '/home/op' });
    expect(folderFor()).toBe('/home/op/.local/state/wemixvisor/homes');
    expect(folderFor('')).toBe(folderFor());
    expect(folderFor('relative/state')).toBe(folderFor());
    expect(folderFor('/var/state')).toBe('/var/state/wemixvisor/homes');
  });

  it('is empty where there is none', async () => {
    const { folder } = await userFolder();
    expect(registeredHomes(folder)).toEqual([]);
  });

  it('has each home once, by path, for its owner only', async () => {
    const { folder } = await userFolder();
    for (const home of ['/srv/b', '/srv/a', '/srv/b']) registerHome(folder, home, uid);
    expect(registeredHomes(folder)).toEqual(['/srv/a', '/srv/b']);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    forgetHome(folder, '/srv/a');
    forgetHome(folder, '/srv/never-there');
    expect(registeredHomes(folder)).toEqual(['/srv/b']);
  });

  it('is not written for a home that it has', async () => {
    const { folder } = await userFolder();
    registerHome(folder, '/srv/a', uid);
    // Another user could not write; neither is a try made.
    expect(() => registerHome(folder, '/srv/a', uid + 1)).not.toThrow();
  });

  it('takes no other entry for a home, and puts one right that leads elsewhere', async () => {
    const { folder } = await userFolder();
    registerHome(folder, '/srv/a', uid);
    const [name = ''] = readdirSync(folder);
    forgetHome(folder, '/srv/a');
    symlinkSync('relative', join(folder, name));
    mkdirSync(join(folder, 'folder'));
    expect(registeredHomes(folder)).toEqual([]);
    registerHome(folder, '/srv/a', uid);
    expect(registeredHomes(folder)).toEqual(['/srv/a']);
  });

  it('is made in no folder of somebody else, and in none that cannot be written', async () => {
    const { path, folder } = await userFolder();
    expect(() => registerHome(folder, '/srv/a', uid + 1)).toThrow('is not a folder of this user');
    expect(() => registerHome('/not-there/at/all', '/srv/a', 0)).toThrow(
      '/not-there is not a folder',
    );
    expect(readdirSync(path)).toEqual([]);
    expect(() => registerHome('/proc/self/not/there', '/srv/a', uid)).toThrow();
  });
});
