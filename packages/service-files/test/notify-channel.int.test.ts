import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createNotifyChannel } from '../src/notify-channel.ts';

/** A folder with a `systemd-notify` that is this script. */
function pathWith(script: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'wv-notify-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const program = join(folder, 'systemd-notify');
  writeFileSync(program, `#!/bin/sh\n${script}\n`);
  chmodSync(program, 0o755);
  return folder;
}

it('runs systemd-notify without a shell, with the socket and PATH alone', async () => {
  const folder = pathWith('/usr/bin/env > "${0%/*}/env"; printf "%s\\n" "$@" > "${0%/*}/words"');
  const errors: string[] = [];
  const env = { NOTIFY_SOCKET: '/run/notify', PATH: folder, SECRET: 'x' };
  const notifier = createNotifyChannel({ env, pid: 1, onError: (why) => errors.push(why) });
  notifier?.tell({ ready: true, status: '$(id) "runs"' });
  await notifier?.settled();
  expect(errors).toEqual([]);
  expect(readFileSync(join(folder, 'words'), 'utf8')).toBe('READY=1\nSTATUS=$(id) "runs"\n');
  const given = readFileSync(join(folder, 'env'), 'utf8');
  expect(given).toContain('NOTIFY_SOCKET=/run/notify\n');
  expect(given).not.toContain('SECRET');
});

it.each([
  [
    'what it says',
    'echo "Failed to notify init system" >&2; exit 1',
    /^systemd-notify: Failed to notify init system$/,
  ],
  ['that it is not there', null, /^systemd-notify: .*ENOENT$/],
])('tells %s', async (_, script, why) => {
  const errors: string[] = [];
  const env = { NOTIFY_SOCKET: '/x', PATH: script === null ? '/nowhere' : pathWith(script) };
  const notifier = createNotifyChannel({ env, pid: 1, onError: (text) => errors.push(text) });
  notifier?.tell({ ready: true });
  await notifier?.settled();
  expect(errors).toEqual([expect.stringMatching(why)]);
});
