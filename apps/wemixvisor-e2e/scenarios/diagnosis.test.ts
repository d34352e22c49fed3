import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakeInstallation, type FakeInstallation } from '../harness/fake-installation.ts';
import type { Status } from '../harness/installation.ts';
import { killed } from '../harness/processes.ts';

const genesis =
  'Failed to register the Ethereum service: database contains incompatible genesis (have d4e567..cb8fa3, new 25a5cc..3e6dd9)';

const flock = '/usr/bin/flock';

/** The value of a word of the client's arguments. */
const after = ({ client }: FakeInstallation, flag: string) =>
  client.args[client.args.indexOf(flag) + 1] ?? '';

const isHeld = (status: Status) =>
  JSON.stringify(status['next_action'] ?? null).includes('"check"');

/** The reports of abnormal ends, once there is one. */
async function crashReports({ home }: FakeInstallation) {
  const folder = join(home, 'crashes');
  const names = await waitFor(() => {
    const found = readdirSync(folder).filter((name) => name.endsWith('.json'));
    return found.length > 0 && found;
  });
  return names.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CrashReport);
}

interface CrashReport {
  readonly status: Pick<Status, 'last_exit'>;
  readonly last_lines: readonly string[];
  readonly dump_lines: readonly string[];
}

describe.concurrent('an end whose cause is known', () => {
  it('that no restart can help is an error at once: start says why and what to do, and nothing is tried', async () => {
    await using wemixvisor = await fakeInstallation({ FAKE_GETH_FATAL: genesis });
    const start = await wemixvisor.run(...wemixvisor.startWords('--restart-delay', '10ms'));
    expect(start.code).toBe(1);
    expect(start.stderr).toContain(
      `the node is down: the data directory holds another chain (exit code 1)\n  Fatal: ${genesis}\nwhat to do: `,
    );
    expect(await wemixvisor.status()).toMatchObject({
      state: 'error',
      generation: 1,
      restart_count: 0,
      next_action: null,
      last_exit: { diagnosis: { cause: 'wrong-genesis', class: 'never', confidence: 'certain' } },
    });
    const explained = await wemixvisor.run('explain');
    expect(explained.code).toBe(1);
    expect(explained.stdout).toMatch(
      /^The node is in error since .*\nWhy: +the data directory holds another chain \(exit code 1\)\nEvidence: +Fatal: .*\nDone: +not restarted: it would end the same way\nNext: +nothing until you start it\nTo do: /,
    );
    const [report] = await crashReports(wemixvisor);
    expect(report?.status.last_exit).toMatchObject({ diagnosis: { cause: 'wrong-genesis' } });
    expect(report?.dump_lines).toEqual([]);
  });

  it.runIf(existsSync(flock))(
    'that a locked data directory caused waits for its holder, names it, and is over by itself',
    async () => {
      await using wemixvisor = await fakeInstallation();
      const data = after(wemixvisor, '--datadir');
      mkdirSync(join(data, 'geth'), { recursive: true });
      // The stand-in does not lock its file as geth does.
      const lock = [flock, '-F', join(data, 'geth/LOCK'), wemixvisor.client.binary] as const;
      const [file, ...words] = [...lock, '--datadir', data, '--ipcpath', `${data}-other.ipc`];
      const holder = spawn(file, words, { stdio: ['ignore', 'ignore', 'pipe'] });
      await once(holder.stderr, 'data');
      const begun = wemixvisor.run(...wemixvisor.startWords('--restart-delay', '10ms'));
      const held = await wemixvisor.until(isHeld, 'a start that waits');
      expect(held).toMatchObject({ state: 'crashed', desired: 'up', restart_count: 0 });
      expect(held['reason']).toContain(`(pid ${holder.pid})`);
      expect(await begun).toMatchObject({ code: 1 });
      killed(holder.pid ?? 0);
      expect(await wemixvisor.until(({ state }) => state === 'running', 'the node')).toMatchObject({
        generation: 2,
        restarts: { crash: 1 },
      });
    },
  );
});
