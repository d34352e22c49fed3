import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { runHook, type HookOptions } from '../src/channels/exec-hook.ts';
import { alertOf } from './alert-of.ts';

/** A folder, and hooks of shell script that run in it. */
async function hooks() {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  const run = (file: string, args: readonly string[], options: Partial<HookOptions> = {}) =>
    runHook(alertOf({ summary: 'quote " and $HOME\nend' }), {
      ...{ file, args, timeoutMs: 20_000, env: { PATH: '/usr/bin:/bin' }, cwd: folder.path },
      signal: new AbortController().signal,
      redact: (text) => text.replaceAll('hunter22', '***'),
      ...options,
    });
  return {
    folder: folder.path,
    run,
    script: (text: string, options?: Partial<HookOptions>) => run('/bin/sh', ['-c', text], options),
    read: (name: string) => readFileSync(join(folder.path, name), 'utf8'),
  };
}

const isGone = (pid: number) => {
  try {
    return !process.kill(pid, 0);
  } catch {
    return true;
  }
};

describe('the hook of an alert', () => {
  it('has the facts in its environment and the whole of it on standard input', async () => {
    const { script, read } = await hooks();
    expect(await script('cat > body; env > env')).toEqual({ delivered: true });
    expect(JSON.parse(read('body'))).toEqual(alertOf({ summary: 'quote " and $HOME\nend' }));
    expect(read('env').split('\n')).toEqual(
      expect.arrayContaining([
        'WEMIXVISOR_ALERT_EVENT=crash',
        'WEMIXVISOR_ALERT_STATUS=raised',
        'WEMIXVISOR_ALERT_SEVERITY=critical',
        'WEMIXVISOR_ALERT_SUMMARY=quote " and $HOME end',
        'WEMIXVISOR_ALERT_HOST=validator-1',
        'WEMIXVISOR_ALERT_HOME=/home/op/.wemixvisor',
        'WEMIXVISOR_ALERT_PID=',
      ]),
    );
  });

  it("is not given the supervisor's secrets", async () => {
    const { script, read } = await hooks();
    const env = {
      ...{ PATH: '/usr/bin:/bin', HOME: '/home/op', LC_ALL: 'C' },
      ...{ WEMIXVISOR_ALERTS_WEBHOOK_URL: 'https://s3cret', AWS_SECRET_ACCESS_KEY: 's3cret' },
    };
    await script('env > env', { env });
    expect(read('env')).toMatch(/^HOME=\/home\/op$/m);
    expect(read('env')).not.toContain('s3cret');
  });

  it('gets its arguments as they are, without a shell', async () => {
    const { run, read } = await hooks();
    await run('/bin/sh', ['-c', 'printf %s "$1" > said', 'x', '$(id); `id` * "']);
    expect(read('said')).toBe('$(id); `id` * "');
  });

  it('that fails is quoted, in one line, without secrets and without end', async () => {
    const { script } = await hooks();
    const failed = await script(
      'echo "could not reach http://op:hunter22@host/"; echo no >&2; exit 3',
    );
    expect(failed).toMatchObject({ delivered: false, retry: true });
    expect(JSON.stringify(failed)).toMatch(/it ended with code 3: could not reach .* no/);
    expect(JSON.stringify(failed)).not.toContain('hunter22');
    const flooded = await script('yes flood | head -c 3000000; exit 1');
    expect(JSON.stringify(flooded).length).toBeLessThan(500);
  });

  it('that need not read its input may close it', async () => {
    const { script } = await hooks();
    expect(await script('exec <&-; exit 0')).toEqual({ delivered: true });
  });

  it('that hangs is ended with all it started', async () => {
    const { script, read } = await hooks();
    const hung = script('sleep 300 & echo $! > child; wait', { timeoutMs: 3_000 });
    const child = await waitFor(() => Number(read('child')));
    expect(await hung).toEqual({
      ...{ delivered: false, retry: true },
      why: 'it ended by SIGTERM after its 3 s',
    });
    await waitFor(() => isGone(child));
  });

  it('that ignores SIGTERM is killed', async () => {
    const { run } = await hooks();
    const ignoring = [program('ignores-sigterm')];
    expect(await run(process.execPath, ignoring, { timeoutMs: 3_000, graceMs: 50 })).toMatchObject({
      why: expect.stringContaining('it ended by SIGKILL after its 3 s') as string,
    });
  });

  it('may not leave anything running', async () => {
    const { script, read } = await hooks();
    expect(await script('sleep 300 & echo $! > child')).toEqual({ delivered: true });
    const child = Number(read('child'));
    await waitFor(() => isGone(child));
  });

  it('is killed when the supervisor ends', async () => {
    const { script, read } = await hooks();
    const end = new AbortController();
    const hung = script('echo $$ > own; sleep 300', { signal: end.signal });
    await waitFor(() => Number(read('own')) > 0);
    end.abort();
    expect(await hung).toMatchObject({ why: 'it ended by SIGKILL' });
  });

  it('that cannot be run is not tried again', async () => {
    const { run, folder } = await hooks();
    const gone = await run('/nonexistent/hook', []);
    expect(gone).toMatchObject({
      why: expect.stringMatching(/^there is no such program/) as string,
      retry: false,
    });
    const file = join(folder, 'plain');
    writeFileSync(file, '#!/nonexistent/interpreter\n');
    expect(await run(file, [])).toMatchObject({ why: 'it may not be executed: chmod +x it' });
    chmodSync(file, 0o755);
    expect(await run(file, [])).toMatchObject({ retry: false });
  });
});
