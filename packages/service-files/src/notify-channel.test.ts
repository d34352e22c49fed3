import { describe, expect, it } from 'vitest';
import { createNotifyChannel } from './notify-channel.ts';

/** A notifier whose messages are answered when the test says so. */
function notified(env: Readonly<Record<string, string>> = {}) {
  const sent: (readonly string[])[] = [];
  const answers: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const errors: string[] = [];
  const notifier = createNotifyChannel(
    { env: { NOTIFY_SOCKET: '/run/notify', ...env }, pid: 7, onError: (why) => errors.push(why) },
    (assignments) => {
      sent.push(assignments);
      return new Promise((resolve, reject) => answers.push({ resolve, reject }));
    },
  );
  if (notifier === null) throw new Error('there is no notifier');
  return { notifier, sent, errors, answer: () => answers.shift() };
}

describe('createNotifyChannel', () => {
  it('is null for a process that is no service', () => {
    expect(createNotifyChannel({ env: {}, pid: 1, onError: () => {} })).toBeNull();
    expect(
      createNotifyChannel({ env: { NOTIFY_SOCKET: '' }, pid: 1, onError: () => {} }),
    ).toBeNull();
  });

  it('sends the first message at once and merges those that come meanwhile', async () => {
    const { notifier, sent, answer } = notified();
    notifier.tell({ status: 'starting' });
    notifier.tell({ status: 'loading', extendMs: 1_500 });
    notifier.tell({ ready: true, status: 'serves' });
    expect(sent).toEqual([['STATUS=starting']]);
    answer()?.resolve();
    await expect
      .poll(() => sent[1])
      .toEqual(['READY=1', 'STATUS=serves', 'EXTEND_TIMEOUT_USEC=1500000']);
    answer()?.resolve();
    await notifier.settled();
    notifier.tell({ stopping: true });
    expect(sent[2]).toEqual(['STOPPING=1']);
  });

  it('lets no status begin another assignment', () => {
    const { notifier, sent } = notified();
    notifier.tell({ status: 'ended: x\nMAINPID=1\r\nSTOPPING=1' });
    expect(sent).toEqual([['STATUS=ended: x MAINPID=1 STOPPING=1']]);
  });

  it('gives a sign of life with each message where systemd wants one of this process', () => {
    const watched = notified({ WATCHDOG_USEC: '300000000', WATCHDOG_PID: '7' });
    expect(watched.notifier.watchdogMs).toBe(300_000);
    watched.notifier.tell({});
    expect(watched.sent).toEqual([['WATCHDOG=1']]);
    expect(notified({ WATCHDOG_USEC: '1000' }).notifier.watchdogMs).toBe(1);
    expect(notified({ WATCHDOG_USEC: '1000', WATCHDOG_PID: '8' }).notifier.watchdogMs).toBeNull();
    expect(notified({ WATCHDOG_USEC: 'soon' }).notifier.watchdogMs).toBeNull();
    expect(notified().notifier.watchdogMs).toBeNull();
  });

  it('tells of a failure once, and goes on', async () => {
    const { notifier, errors, answer } = notified();
    for (const status of ['a', 'b']) {
      notifier.tell({ status });
      answer()?.reject(new Error('no such program'));
      await notifier.settled();
    }
    expect(errors).toEqual(['no such program']);
    notifier.tell({ status: 'c' });
    answer()?.resolve();
    await notifier.settled();
    notifier.tell({ status: 'd' });
    answer()?.reject(new Error('gone again'));
    await notifier.settled();
    expect(errors).toEqual(['no such program', 'gone again']);
  });
});
