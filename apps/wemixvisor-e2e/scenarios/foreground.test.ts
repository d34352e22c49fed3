import { describe, expect, it } from 'vitest';
import { anvil } from '../harness/clients.ts';
import { installation, outcomeOf } from '../harness/installation.ts';
import { until } from '../harness/until.ts';

describe('the foreground', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops the node cleanly on %s and passes on its exit code',
    async (signal) => {
      const client = await anvil();
      await using wemixvisor = await installation({
        WEMIXVISOR_BINARY: client.binary,
        WEMIXVISOR_RPC_URL: client.rpcUrl,
      });
      const run = wemixvisor.spawn('run', ...client.args);
      const outcome = outcomeOf(run);
      await until(wemixvisor, ({ state }) => state === 'running', 'the node');
      run.kill(signal);
      const { code, stdout } = await outcome;
      expect(code).toBe(0);
      expect(stdout).toContain('Listening on');
      expect(await wemixvisor.run('status')).toMatchObject({ code: 3 });
    },
  );

  it.each(process.platform === 'linux' ? [9, 34] : [9])(
    'passes on the signal %i that ended the node',
    async (signal) => {
      await using wemixvisor = await installation();
      const outcome = await wemixvisor.run(
        ...['start', '--foreground', '--no-auto-restart', '--binary', '/bin/sh', '--'],
        ...['-c', `kill -${signal} $$`],
      );
      expect(outcome.code).toBe(128 + signal);
    },
  );

  it("gives every word behind run to the node, its own options' names too", async () => {
    await using wemixvisor = await installation({
      WEMIXVISOR_BINARY: '/usr/bin/printf',
      WEMIXVISOR_AUTO_RESTART: 'false',
    });
    const words = ['%s\\n', '-h', '--', '--home', '', 'a b', "it's", 'ünï\nx', '--'];
    const { stdout, code } = await wemixvisor.run('run', ...words);
    expect(code).toBe(0);
    expect(stdout).toBe(
      words
        .slice(1)
        .map((word) => `${word}\n`)
        .join(''),
    );
  });
});
