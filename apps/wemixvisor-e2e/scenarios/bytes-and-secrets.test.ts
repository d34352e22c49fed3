import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { filesWith } from '../harness/secrets.ts';
import { installation, outcomeOf, type Installation } from '../harness/installation.ts';
import { everyProcess } from '../harness/processes.ts';

/** A node that keeps what the kernel gave it, and stays. */
function recordingNode(folder: string): string {
  const file = join(folder, 'recording-node');
  const script = `#!/bin/sh\n/bin/cat /proc/$$/cmdline /proc/$$/environ > ${folder}/given\nexec sleep 300\n`;
  writeFileSync(file, script, { mode: 0o755 });
  return file;
}
const given = (folder: string) => {
  const file = join(folder, 'given');
  return existsSync(file) ? readFileSync(file, 'latin1').split('\0') : [];
};

/** Runs the program with more arguments and variables, as printf(1) writes them. */
const runWith = (wemixvisor: Installation, script: string, ...words: readonly string[]) =>
  outcomeOf(wemixvisor.spawnBy(['/bin/sh', '-c', script, 'sh'], ...words));

describe.runIf(process.platform === 'linux').concurrent('what is not UTF-8', () => {
  it('reaches the node as it was typed, at a start, a repeated one and a restart', async () => {
    await using wemixvisor = await installation();
    const folder = dirname(wemixvisor.home);
    const words = ['start', '--no-wait', '--binary', recordingNode(folder)];
    const typed = `exec env "$(printf 'V\\377=\\376')" "$@" --env "E=$(printf '\\375')" -- "$(printf 'M\\374ller')" "$(printf '\\357\\277\\275')"`;
    const isThere = async (withEnvironment: boolean) => {
      await waitFor(() => given(folder).includes('M\xfcller'));
      expect(given(folder)).toContain('\xef\xbf\xbd');
      expect(given(folder)).toContain('E=\xfd');
      if (withEnvironment) expect(given(folder)).toContain('V\xff=\xfe');
    };
    expect(await runWith(wemixvisor, typed, ...words)).toMatchObject({ code: 0, stderr: '' });
    await isThere(true);
    const again = await runWith(wemixvisor, typed, ...words);
    expect(again).toMatchObject({ code: 0 });
    expect(again.stdout).toContain('already');
    const { args, environment } = await wemixvisor.status();
    expect(args).toEqual([String.raw`M\xfcller`, '\ufffd']);
    expect(environment).toContain(String.raw`V\xff`);

    writeFileSync(join(folder, 'given'), '');
    await wemixvisor.run('restart', '--wait-timeout', '100ms');
    await isThere(false);
    await wemixvisor.run('stop');
    writeFileSync(join(folder, 'given'), '');
    await wemixvisor.run('start', '--no-wait');
    await isThere(false);
  });

  it('is refused where it is the path of the home, and nothing is made in another place', async () => {
    await using wemixvisor = await installation();
    const folder = dirname(wemixvisor.home);
    const typed = `exec "$@" --home "${folder}/$(printf 'h\\377')"`;
    const { code, stderr } = await runWith(wemixvisor, typed, 'status');
    expect(code).toBe(64);
    expect(stderr).toContain(String.raw`h\xff is not UTF-8`);
    expect(readdirSync(folder).filter((name) => name.startsWith('h') && name !== 'home')).toEqual(
      [],
    );
  });
});

it.runIf(process.platform === 'linux')(
  'shows a secret nowhere, in whatever place it was typed',
  async () => {
    const secret = 'S3cr3t0';
    await using wemixvisor = await installation({
      'a.b': secret,
      TOKEN: secret,
      PS1: secret,
      WEMIXVISOR_DEBUG: '1',
      WEMIXVISOR_HEALTH_RPC_HEADERS: `X-Key: ${secret}`,
    });
    const folder = dirname(wemixvisor.home);
    mkdirSync(wemixvisor.home, { mode: 0o700 });
    const config = join(wemixvisor.home, 'config.toml');
    const lines = [
      `[node.env]\nFROM_FILE = "${secret}"`,
      `[alerts]\nwebhook_url = "http://127.0.0.1:9/${secret}"`,
      `exec = ["/bin/true", "${secret}", "--to=${secret}"]`,
    ];
    writeFileSync(config, `${lines.join('\n')}\n`, { mode: 0o600 });
    let shown = '';
    const say = async (...words: readonly string[]) => {
      const { stdout, stderr } = await wemixvisor.run(...words);
      shown += `$ ${words[0]}\n${stdout}${stderr}`;
    };
    // The program's own arguments, typed here, hold some: only what it starts is looked at.
    const commandLines = new Set<string>();
    const look = () => {
      for (const { commandLine } of everyProcess()) {
        const isOurs = commandLine.includes(folder) || commandLine.includes('wemixvisor-recorder');
        if (isOurs && !/main\.cjs start/.test(commandLine)) commandLines.add(commandLine);
      }
    };
    const options = ['--env', `PLAIN=${secret}`, '--rpc-url', `http://u:${secret}@127.0.0.1:9/`];
    const started = ['start', '--no-wait', '--binary', recordingNode(folder), ...options, '--'];
    const child = wemixvisor.spawn(...started);
    const ended = outcomeOf(child).then(({ stdout, stderr }) => void (shown += stdout + stderr));
    while (child.exitCode === null) {
      look();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await ended;
    await waitFor(() => given(folder).includes(`a.b=${secret}`));
    look();
    await say('start', '--no-wait', ...options, '--', '--password', secret);
    await say('status');
    await say('status', '--json');
    await say('config', 'show', '--origin');
    await say('config', 'show', '--json');
    await say('config', 'check');
    await say('doctor');
    await say('alerts');
    await say('logs', '--source', 'supervisor');
    await say('start', '--env', `1BAD=${secret}`, '--rpc-url', `ws://u:${secret}@`);
    await say('start', '--enw', `API=${secret}`);
    await say('start', '--env', `API=${secret}`, '--http', '--password', secret);
    await say('--env', `API=${secret}`, 'start');
    look();
    await say('stop');
    await say('start', '--no-wait');
    look();
    await say('stop');
    expect(commandLines.size).toBeGreaterThan(1);
    expect([...commandLines].filter((line) => line.includes(secret))).toEqual([]);
    expect(shown).toContain('PLAIN=REDACTED');
    expect(shown.split('\n').filter((line) => line.includes(secret))).toEqual([]);
    const files = filesWith(secret, wemixvisor.home).map((file) => join(wemixvisor.home, file));
    expect(files.toSorted()).toEqual([config, join(wemixvisor.home, 'run/launch.json')]);
  },
);
