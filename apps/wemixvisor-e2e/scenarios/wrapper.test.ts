import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakeInstallation, type FakeInstallation } from '../harness/fake-installation.ts';
import { everyProcess, killed, processesMentioning } from '../harness/processes.ts';

/** Puts a wrapper script without exec around the node, and gives the words that start it. */
function wrap(wemixvisor: FakeInstallation, script: string) {
  const { home, client } = wemixvisor;
  const file = join(home, '../geth');
  writeFileSync(file, `#!/bin/sh\n${script.replaceAll('NODE', `'${client.binary}'`)}\nexit $?\n`, {
    mode: 0o755,
  });
  return (...options: readonly string[]) =>
    wemixvisor.startWords(...options).map((word) => (word === client.binary ? file : word));
}

/** The pid of the node behind the wrapper, once it is up. */
const nodeOf = ({ home, client }: FakeInstallation) =>
  waitFor(
    () => {
      const log = join(home, 'logs/node.log');
      const isUp = existsSync(log) && readFileSync(log, 'utf8').includes('HTTP server started');
      const isNode = ({ commandLine }: { readonly commandLine: string }) =>
        /^\S*node\S* \S*fake-geth/.test(commandLine) && commandLine.includes(home);
      return isUp && processesMentioning(client.rpcUrl.slice(-4)).find(isNode)?.pid;
    },
    { everyMs: 100, what: 'the node behind the wrapper' },
  );

/** Nobody may have asked yet for the end of an orphan. */
const lives = (pid: number) => everyProcess().some((one) => one.pid === pid && one.state !== 'Z');

const occurrences = (text: string, part: string) => text.split(part).length - 1;

describe.concurrent('a node behind a wrapper script without exec', () => {
  it('is stopped as one without it, and the stop names it', async () => {
    await using wemixvisor = await fakeInstallation({ FAKE_GETH_STOP_MS: '500' });
    const start = wrap(wemixvisor, 'NODE "$@"');
    expect(await wemixvisor.run(...start('--no-wait'))).toMatchObject({ code: 0 });
    const pid = await nodeOf(wemixvisor);
    const stop = await wemixvisor.run('stop');
    expect(lives(pid)).toBe(false);
    expect(stop).toMatchObject({ code: 0 });
    expect(stop.stdout).toMatch(
      new RegExp(`^the node has stopped; its first process was outlived by .*\\(${pid}\\)`),
    );
    expect(occurrences(wemixvisor.log(), 'Got interrupt')).toBe(1);
    expect(await wemixvisor.run(...start('--no-wait'))).toMatchObject({ code: 0 });
    await wemixvisor.run('stop');
  });

  it('is found when its supervisor and its wrapper are gone, and stopped without them', async () => {
    await using wemixvisor = await fakeInstallation({ FAKE_GETH_STOP_MS: '500' });
    await wemixvisor.run(...wrap(wemixvisor, 'NODE "$@"')('--no-wait'));
    const pid = await nodeOf(wemixvisor);
    const before = await wemixvisor.status();
    killed(before.supervisor_pid);
    killed(before.pid);
    await waitFor(() => !lives(before.pid) && !lives(before.supervisor_pid));
    expect((await wemixvisor.status()).state).not.toMatch(/stopped|crashed/);
    expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });
    expect(lives(pid)).toBe(false);
    expect(occurrences(wemixvisor.log(), 'Got interrupt')).toBe(1);
  });
});

describe.runIf(existsSync('/usr/bin/setsid'))('a node that makes itself a daemon', () => {
  it('is said, not started again and not called stopped while it lives', async () => {
    await using wemixvisor = await fakeInstallation();
    const log = join(wemixvisor.home, 'logs/node.log');
    const upFirst = `until grep -q 'HTTP server started' '${log}'; do sleep 0.05; done; exit 0`;
    const start = wrap(wemixvisor, `setsid NODE "$@" & ${upFirst}`);
    await wemixvisor.run(...start('--no-wait'));
    const pid = await nodeOf(wemixvisor);
    const status = await wemixvisor.until(({ state }) => state === 'error', 'the daemon');
    expect(status['reason']).toMatch(new RegExp(`\\(${pid}\\) left the session .*foreground`));
    const stop = await wemixvisor.run('stop');
    expect(stop.code).toBe(1);
    expect(stop.stderr).toMatch(new RegExp(`^wemixvisor: [^\\n]*kill -TERM ${pid}[^\\n]*\\n$`));
    const again = await wemixvisor.run(...wrap(wemixvisor, 'exec NODE "$@"')());
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining(`kill -TERM ${pid}`) });
    expect(lives(pid)).toBe(true);
    killed(pid);
    await waitFor(() => !lives(pid));
    expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });
    await waitFor(() => processesMentioning(wemixvisor.home).length === 0, { what: 'all to go' });
  });
});
