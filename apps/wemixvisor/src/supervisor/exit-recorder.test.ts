import { rmSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { crashReportsOf, fakeSite, journalOf } from '../../test/fake-supervisor.ts';

describe('crash reports', () => {
  it('are written for a node that had to be killed', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const written = supervisor.next('report-written');
    await supervisor.operations.stop({ force: true });
    await written;
    expect(crashReportsOf(site.paths)).toMatchObject([
      { cause: 'exit', status: { last_exit: { cause: 'forced', forced: true } } },
    ]);
  });

  it('hold up nothing where they cannot be written: the loss is told', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    rmSync(site.paths.crashes, { recursive: true });
    writeFileSync(site.paths.crashes, 'a file in its place');
    const lost = supervisor.next('report-lost');
    site.machine.exit(1);
    await lost;
    const running = supervisor.next('lifecycle', ({ change }) => change.after.state === 'running');
    await site.machine.clock.advance(5_000);
    await running;
    expect(journalOf(site.paths)).toContainEqual(
      expect.objectContaining({ event: 'report-lost', level: 'warn' }),
    );
    rmSync(site.paths.crashes);
  });

  it('are for the owner alone, and no secret of the log is in them', async () => {
    const site = await fakeSite();
    const supervisor = await site.supervise();
    await supervisor.started();
    const secret = 'f4c3b00c'.repeat(8);
    writeFileSync(site.paths.nodeLog, `Fatal: --nodekeyhex ${secret}\n`);
    const written = supervisor.next('report-written');
    site.machine.exit(1);
    const { file } = await written;
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.stringify(crashReportsOf(site.paths))).not.toContain(secret);
    expect(supervisor.operations.status().last_exit?.last_line).not.toContain(secret);
  });
});
