import { describe, expect, it } from 'vitest';
import { cannedSupervisor } from '../../test/canned-supervisor.ts';
import { beginCommand } from '../../test/terminal.ts';

const unchanged = { applied: [], at_next_start: [], problems: [] };

async function reload(reply: object, ...options: readonly string[]) {
  const supervisor = await cannedSupervisor({ 'POST /v1/reload': { body: reply } });
  return supervisor.run('reload', ...options);
}

describe('reload', () => {
  it('says that nothing has changed', async () => {
    expect(await reload(unchanged)).toEqual({
      code: 0,
      stdout: 'nothing has changed\n',
      stderr: '',
    });
  });

  it('lists what is in force now, and what waits for the next start', async () => {
    const { code, stdout } = await reload({
      ...unchanged,
      applied: ['health.min_peers: 1 → 3', 'log.level: info → debug'],
      at_next_start: ['node.binary: none → /usr/bin/geth'],
    });
    expect(stdout).toBe(
      [
        'applied now:',
        '  health.min_peers: 1 → 3',
        '  log.level: info → debug',
        'applied by the next start of the node (wemixvisor restart):',
        '  node.binary: none → /usr/bin/geth',
        '',
      ].join('\n'),
    );
    expect(code).toBe(0);
  });

  it('shows one list without the other', async () => {
    const applied = await reload({ ...unchanged, applied: ['a: 1 → 2'] });
    expect(applied.stdout).toBe('applied now:\n  a: 1 → 2\n');
    const later = await reload({ ...unchanged, at_next_start: ['b: 1 → 2'] });
    expect(later.stdout).toMatch(/^applied by the next start.*\n {2}b: 1 → 2\n$/);
  });

  it('says what of the file is not in force', async () => {
    const { code, stdout } = await reload({ ...unchanged, overridden: ['c: 3 in the file'] });
    expect(stdout).toMatch(/^nothing has changed\nnot applied.*\n {2}c: 3 in the file\n$/);
    expect(code).toBe(0);
  });

  it('exits with 1 where something could not be applied', async () => {
    const { code, stderr } = await reload({ ...unchanged, problems: ['log: disk full'] });
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'wemixvisor: not applied: log: disk full\n',
    });
  });

  it('prints JSON alone', async () => {
    const { stdout } = await reload({ ...unchanged, applied: ['a: 1 → 2'] }, '--json');
    // A supervisor of 0.4.0 does not say what is overridden.
    const expected = { ...unchanged, applied: ['a: 1 → 2'], overridden: [] };
    expect(JSON.parse(stdout)).toEqual({ schema: 1, ...expected });
  });

  it('exits with 3 where no supervisor runs', async () => {
    const env = { WEMIXVISOR_HOME: '/nowhere/home' };
    expect(await beginCommand(['reload'], { env }).done).toEqual({
      code: 3,
      stdout: '',
      stderr: 'wemixvisor: no supervisor is running; the next start reads the configuration\n',
    });
  });
});
