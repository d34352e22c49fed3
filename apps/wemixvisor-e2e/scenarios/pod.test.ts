import { execFile, type ChildProcess } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fakeGeth, freePort, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { installation, outcomeOf } from '../harness/installation.ts';
import { killed } from '../harness/processes.ts';

const manifests = new URL('../../../docs/operations/kubernetes.yml', import.meta.url);

interface Probe {
  readonly httpGet?: { readonly path: string };
  readonly exec?: { readonly command: readonly [string, ...string[]] };
  readonly failureThreshold: number;
}
interface Container {
  readonly args: readonly string[];
  readonly startupProbe: Probe;
  readonly livenessProbe: Probe;
  readonly readinessProbe: Probe;
}
interface Manifest {
  readonly kind: string;
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly [Container] } };
  };
}

/** The container of the rendered manifests, with folders and a port of this test in place of its own. */
function containerAt(data: string, port: number): Container {
  const text = readFileSync(manifests, 'utf8')
    .replaceAll('=/data\n', `=${data}\n`)
    .replaceAll('0.0.0.0:9101', `127.0.0.1:${port}`)
    .replaceAll('/127.0.0.1/9101', `/127.0.0.1/${port}`);
  const all = parseAllDocuments(text).map((document) => document.toJS() as Manifest);
  const found = all.find(({ kind }) => kind === 'StatefulSet');
  if (found === undefined) throw new Error('there is no StatefulSet');
  return found.spec.template.spec.containers[0];
}

/** Asks as the kubelet does: an answer from 200 to 399 in time, or a command that ends with 0, whose output is the message. */
function ask({ httpGet, exec }: Probe, port: number): Promise<readonly [boolean, string]> {
  if (httpGet !== undefined) {
    return fetch(`http://127.0.0.1:${port}${httpGet.path}`, { signal: AbortSignal.timeout(400) })
      .then((answer) => [answer.ok, `${answer.status}`] as const)
      .catch((error: unknown) => [false, String(error)] as const);
  }
  const [program = '', ...words] = exec?.command ?? [];
  return new Promise((resolve) => {
    execFile(program, words, { timeout: 500 }, (error, stdout) =>
      resolve([error === null, stdout]),
    );
  });
}

/**
 * The probes of a container at a period of 100 ms, each with its own threshold: whether it has started, is ready, and would be killed. On a busy
 * machine an answer is late by itself, so what was answered badly is told apart from what was not answered.
 */
function kubelet({ startupProbe, livenessProbe, readinessProbe }: Container, port: number) {
  const seen = { started: false, ready: false, message: '', refused: '', killed: false };
  const failed = { alive: 0, ready: 0 };
  const over = new AbortController();
  const round = async () => {
    const probe = seen.started ? livenessProbe : startupProbe;
    const [isAlive, answer] = await ask(probe, port);
    if (/^[45]\d\d$/.test(answer)) seen.refused = answer;
    failed.alive = isAlive ? 0 : failed.alive + 1;
    if (failed.alive >= probe.failureThreshold) seen.killed = true;
    if (isAlive) seen.started = true;
    if (!seen.started) return;
    const [isReady, message] = await ask(readinessProbe, port);
    failed.ready = isReady ? 0 : failed.ready + 1;
    seen.message = message;
    if (isReady) seen.ready = true;
    else if (failed.ready >= readinessProbe.failureThreshold) seen.ready = false;
  };
  const rounds = (async () => {
    while (!over.signal.aborted) {
      await round();
      await sleep(100);
    }
  })();
  return {
    seen,
    /** Waits until the pod is or is not ready with a message, and tells what it was. */
    sees: (ready: boolean, message: RegExp) =>
      waitFor(() => seen.ready === ready && message.test(seen.message), {
        what: `${ready ? 'ready' : 'not ready'} and ${message.source}`,
        timeoutMs: 20_000,
      }),
    async [Symbol.asyncDispose]() {
      over.abort();
      await rounds;
    },
  };
}

const lowDisk =
  'ERROR[11-28|00:30:14.511] Low disk space. Gracefully shutting down Geth to prevent database corruption. available=1.98GiB path=/data/geth\n';

/** A hung supervisor is what the liveness probe is for. */
async function diesOfHang(supervisor: ChildProcess, seen: { killed: boolean }) {
  killed(supervisor.pid, 'SIGSTOP');
  seen.killed = false;
  await waitFor(() => seen.killed, { what: 'a kill', timeoutMs: 20_000 });
  killed(supervisor.pid, 'SIGCONT');
}

describe('the pod of the rendered manifests, with the probes of a kubelet', () => {
  it('is not killed while its node starts, syncs, hangs, waits for room or must not run, and says which', async () => {
    await using folder = await temporaryDirectory('wv-pod-');
    symlinkSync(fakeGeth, join(folder.path, 'geth'));
    const data = join(folder.path, 'data');
    mkdirSync(data);
    await using wemixvisor = await installation({
      FAKE_GETH_HEAD: '10',
      FAKE_GETH_HIGHEST: '1000',
      WEMIXVISOR_HEALTH_CHECK_INTERVAL: '100ms',
      WEMIXVISOR_HEALTH_CHECK_TIMEOUT: '150ms',
      WEMIXVISOR_HEALTH_RESTART: 'off',
      PATH: `${folder.path}:${process.env['PATH']}`,
    });
    const port = await freePort();
    const container = containerAt(data, port);
    const rpc = ['--http.port', `${await freePort()}`];
    const script = (change: object) =>
      writeFileSync(join(data, 'fake-geth.json'), JSON.stringify(change));
    script({ rpc: 'off' });
    const run = wemixvisor.spawn(...container.args, ...rpc);
    const outcome = outcomeOf(run);
    await using pod = kubelet(container, port);

    // It starts for as long as it does not answer.
    await pod.sees(false, /"state":"starting"/);
    script({ rpc: 'on' });
    await pod.sees(false, /"phase":"syncing"/);
    script({ head: 1000 });
    await pod.sees(true, /"phase":"synced"/);
    script({ rpc: 'hang' });
    await pod.sees(false, /"status":"unhealthy"/);
    script({ rpc: 'on' });
    await pod.sees(true, /"status":"healthy"/);
    script({ say: lowDisk, exit: 0 });
    await pod.sees(false, /"state":"crashed".*free disk space is below its limit/);
    script({ head: 1000 });
    // As by `kubectl exec`.
    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
    await pod.sees(true, /"phase":"synced"/);
    script({ say: 'flag provided but not defined: -mine', exit: 1 });
    await pod.sees(false, /"state":"error".*does not know the flag --mine/);
    expect(pod.seen).toMatchObject({ started: true, refused: '' });
    expect(run.exitCode).toBeNull();
    script({ head: 1000 });
    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });

    await diesOfHang(run, pod.seen);
    killed(run.pid, 'SIGTERM');
    const { code, stdout } = await outcome;
    expect(code).toBe(0);
    expect(stdout).toContain('Blockchain stopped');
  });
});
