import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fakeSite, journalOf, settingsOf, type FakeSite } from '../../test/fake-supervisor.ts';

const configure = (site: FakeSite, text: string) =>
  writeFileSync(site.paths.config, text, { mode: 0o600 });

/** A port of this machine that somebody else has. */
async function takenAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('a reload', () => {
  it('has every setting in force in every part that goes by it', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    configure(
      site,
      [
        '[health]\nmin_peers = 6\n',
        '[log]\nlevel = "debug"\nmax_size = "64KiB"\n',
        '[stop]\ntimeout = "20s"\n',
        '[alerts]\nexec = ["/bin/true"]\n',
      ].join(''),
    );
    const { applied, at_next_start, problems } = await supervisor.operations.reload();
    expect(applied.map((line) => line.split(':')[0])).toEqual([
      'stop.timeout',
      'health.min_peers',
      'log.max_size',
      'log.level',
      'alerts.exec',
    ]);
    expect({ at_next_start, problems }).toEqual({ at_next_start: [], problems: [] });
    // Health, the journal and alerts:
    expect(supervisor.monitor.options).toMatchObject({ minPeers: 6 });
    expect(supervisor.operations.alerts().channels).toMatchObject([{ channel: 'exec' }]);
    // The restart policy, of which the grace period is a part:
    site.machine.behaviour.ignoresTerm = true;
    const stop = supervisor.operations.stop({});
    expect(supervisor.operations.status().next_action).toEqual({
      what: 'kill',
      at: new Date(site.machine.clock.now() + 20_000).toISOString(),
    });
    await site.machine.clock.advance(20_000);
    await stop;
    supervisor.end();
    await supervisor.ended;
    expect(journalOf(site.paths).some(({ level }) => level === 'debug')).toBe(true);
  });

  it('rotates the log at the new size', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.operations.reload();
    configure(site, '[log]\nmax_size = "64KiB"\n');
    await supervisor.operations.reload();
    writeFileSync(site.paths.nodeLog, 'x'.repeat(70_000));
    const rotation = supervisor.next('log', ({ event }) => event.type === 'rotation');
    expect(await rotation).toMatchObject({ event: { report: { rotated: true } } });
  });

  it('leaves what needs a start of the node for the next one, and says so', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    configure(site, '[node]\nstrict = true\n');
    expect(await supervisor.operations.reload()).toEqual({
      applied: [],
      at_next_start: ['node.strict: false → true'],
      overridden: [],
      problems: [],
    });
    expect(supervisor.settings.current.strict).toBe(false);
  });

  it('says what of the file was beaten at the start, and takes what is merged for what it is', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started({ options: { stopTimeout: '7m', env: ['A=1'] } });
    configure(site, '[stop]\ntimeout = "9m"\n[node]\nenv = ["B=2"]\n');
    expect((await supervisor.operations.reload()).overridden).toEqual([
      'stop.timeout: 9m in the file, but the start was given 7m',
    ]);
  });

  it('changes nothing where the configuration is wrong, and the journal has why', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    configure(site, '[health]\nmin_peers = 6\n[log]\nlevle = "debug"\n');
    await expect(supervisor.operations.reload()).rejects.toThrow(/levle.*level/);
    expect(supervisor.settings.current.minPeers).toBe(1);
    expect(journalOf(site.paths).at(-1)).toMatchObject({
      event: 'reload',
      level: 'error',
      msg: expect.stringContaining('nothing is changed'),
    });
  });

  it('says what could not be applied, and tries it again the next time', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    const taken = await takenAddress();
    configure(site, `[health]\nmetrics_addr = "${taken}"\n`);
    const { applied, problems } = await supervisor.operations.reload();
    expect(applied).toHaveLength(1);
    expect(problems).toEqual([
      expect.stringContaining(`cannot serve --metrics-addr ${taken}: another process has it`),
    ]);
    expect(supervisor.settings.current.metricsAddr).toBeNull();
    expect((await supervisor.operations.reload()).applied).toHaveLength(1);
  });

  it('serves the probes on the new address', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const address = await takenAddress().then(async (at) => {
      const free = createServer();
      await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
      const { port } = free.address() as AddressInfo;
      await new Promise((resolve) => free.close(resolve));
      return at.replace(/:\d+$/, `:${port}`);
    });
    configure(site, `[health]\nmetrics_addr = "${address}"\n`);
    expect((await supervisor.operations.reload()).problems).toEqual([]);
    expect((await fetch(`http://${address}/readyz`)).status).toBe(200);
    supervisor.end();
    await supervisor.ended;
    await expect(fetch(`http://${address}/readyz`)).rejects.toThrow();
  });
});

describe('a supervisor whose probes have no port', () => {
  it('supervises all the same, and says so', async () => {
    const site = await fakeSite();
    const taken = await takenAddress();
    const supervisor = await site.supervise({ settings: settingsOf({ metricsAddr: taken }) });
    expect(supervisor.notices).toEqual([
      expect.stringContaining(`cannot serve --metrics-addr ${taken}: another process has it`),
    ]);
    expect(supervisor.operations.status().problems).toEqual(supervisor.notices);
    // The start asks for no probes.
    await supervisor.started();
    expect(supervisor.operations.status().problems).toEqual([]);
    expect(journalOf(site.paths)).toContainEqual(expect.objectContaining({ event: 'probes' }));
  });
});
