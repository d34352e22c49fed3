import { fakeClock } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { fakePorts } from '../test/fake-ports.ts';
import { sendTestAlert } from './send-test-alert.ts';

const node = { home: '/h', network: 'mainnet', binary: null, state: 'unknown', pid: null };

describe('a test alert', () => {
  it('goes through each channel once, whatever the first result', async () => {
    const ports = fakePorts(fakeClock());
    ports.attempts.push({ delivered: false, why: 'it answered 500', retry: true });
    const results = await sendTestAlert(
      { webhookUrl: 'https://hooks.example/x', exec: ['/bin/hook'], node: () => node },
      ports,
    );
    expect(results).toEqual([
      {
        channel: 'webhook',
        target: 'json at https://hooks.example',
        delivered: false,
        tookMs: 0,
        why: 'it answered 500',
      },
      { channel: 'exec', target: '/bin/hook', delivered: true, tookMs: 0, why: null },
    ]);
    const at = '2026-01-01T00:00:00.000Z';
    const alert = {
      schema: 1,
      id: 'id-1',
      status: 'test',
      key: 'test',
      event: 'test',
      severity: 'info',
      summary: 'this is a test: alerts of this node arrive here',
      at,
      since: at,
      node: { host: 'validator-1', ...node },
    };
    expect(ports.sent).toEqual([
      { channel: 'webhook', alert },
      { channel: 'exec', alert },
    ]);
  });

  it('ends with the reason of its signal', async () => {
    const ports = fakePorts(fakeClock());
    const test = { exec: ['/bin/hook'], node: () => node };
    const aborted = AbortSignal.abort(new Error('enough'));
    await expect(sendTestAlert({ ...test, signal: aborted }, ports)).rejects.toThrow('enough');
    expect(ports.sent).toEqual([]);
    const abort = new AbortController();
    const result = sendTestAlert({ ...test, signal: abort.signal }, ports);
    abort.abort(new Error('enough'));
    await expect(result).rejects.toThrow('enough');
  });

  it('measures how long a channel takes', async () => {
    const clock = fakeClock();
    const ports = fakePorts(clock);
    const results = sendTestAlert(
      { exec: ['/bin/hook'], node: () => node },
      {
        ...ports,
        runHook: () =>
          new Promise((resolve) => clock.setTimer(() => resolve({ delivered: true }), 250)),
      },
    );
    await clock.advance(250);
    expect(await results).toMatchObject([{ tookMs: 250 }]);
  });

  it('gives a channel what it was told of it', async () => {
    const given: unknown[] = [];
    const options = {
      webhookUrl: 'https://hooks.example/x',
      webhookFormat: 'discord',
      webhookSecretFile: '/etc/secret',
      exec: ['/bin/hook', '--team', 'validators'],
      execTimeoutMs: 7,
    } as const;
    const keep = (_alert: unknown, how: { readonly signal: AbortSignal }) => {
      const { signal, ...rest } = how;
      given.push({ ...rest, aborted: signal.aborted });
      return Promise.resolve({ delivered: true as const });
    };
    const redact = (text: string) => text;
    const env = { PATH: '/bin' };
    await sendTestAlert(
      { ...options, node: () => node, env, cwd: '/h', redact },
      { ...fakePorts(fakeClock()), postAlert: keep, runHook: keep },
    );
    expect(given).toEqual([
      {
        url: new URL('https://hooks.example/x'),
        format: 'discord',
        secretFile: '/etc/secret',
        reminderMs: 86_400_000,
        aborted: false,
      },
      {
        file: '/bin/hook',
        args: ['--team', 'validators'],
        timeoutMs: 7,
        env,
        cwd: '/h',
        redact,
        aborted: false,
      },
    ]);
  });

  it('tries the heartbeat too', async () => {
    const ports = fakePorts(fakeClock());
    const heartbeatUrl = 'https://beats.example/s3cret';
    expect(await sendTestAlert({ heartbeatUrl, node: () => node }, ports)).toEqual([
      {
        channel: 'heartbeat',
        target: 'https://beats.example',
        delivered: true,
        tookMs: 0,
        why: null,
      },
    ]);
    expect(ports.heartbeats).toEqual([heartbeatUrl]);
  });

  it('has no result without a channel', async () => {
    expect(await sendTestAlert({ node: () => node }, fakePorts(fakeClock()))).toEqual([]);
  });
});
