import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { checksOf, healthOf } from '../../test/health-of.ts';
import { statusOf } from '../../test/status-of.ts';
import type { HomeReport } from '../report/homes-report.ts';
import { renderHomes, type HomesTable } from './homes-table.ts';

const now = Date.parse('2026-11-23T12:00:00Z');
const health = healthOf({
  head: { number: 19_123_456, hash: null, ageSeconds: 3 },
  checks: checksOf({ peer_count: { healthy: true, peers: 25, min_required: 1 } }),
} as never);
const startedAt = now - 9_045_000;
const up = { state: 'running', desired: 'up', pid: 4711, startedAt } as const;
const launch = {
  ...{ binary: 'geth', args: [], environment: [], endpoint: null, endpointSource: null },
  ...{ network: 'mainnet', version: 'Geth/v1.16.9-stable-95665d57/linux-amd64/go1.25.1' },
};
const home = (name: string, status: HomeReport['status'], problem: string | null = null) => ({
  ...{ home: `/home/op/${name}`, status, problem },
});
const homes = [
  home('silent', null, 'no answer from its supervisor within 3 s'),
  home('lost', statusOf(up, { supervisorPid: null, launch })),
  home('.wemixvisor', statusOf(up, { health, launch })),
];

const render = (shown: readonly HomeReport[], table: Partial<HomesTable> = {}) =>
  renderHomes(shown, { now, width: null, colour: false, homeDirectory: '/home/op', ...table });

describe('the table of homes', () => {
  it('shows all there is where there is no terminal', () => {
    expect(render(homes)).toBe(`\
HOME           STATE          PID  UPTIME  HEALTH       HEAD  PEERS  NETWORK  VERSION       REASON
~/silent       unknown                                                                      no answer from its supervisor within 3 s
~/lost         UNSUPERVISED  4711  2h 30m                            mainnet  Geth/v1.16.9  no supervisor: wemixvisor start takes it up again
~/.wemixvisor  running       4711  2h 30m  healthy  19123456     25  mainnet  Geth/v1.16.9
`);
  });

  it('leaves out columns on a terminal, and cuts a reason, but wraps no line', () => {
    expect(render(homes, { width: 80 })).toBe(`\
HOME           STATE         UPTIME  HEALTH       HEAD  REASON
~/silent       unknown                                  no answer from its supe…
~/lost         UNSUPERVISED  2h 30m                     no supervisor: wemixvis…
~/.wemixvisor  running       2h 30m  healthy  19123456
`);
    for (const width of [1, 20, 40, 79, 100, 132, 200]) {
      const long = home('노드/'.repeat(30), statusOf({ ...up, reason: '이유 '.repeat(40) }));
      for (const line of render([...homes, long], { width }).split('\n')) {
        expect(stringWidth(line), line).toBeLessThanOrEqual(width);
      }
    }
  });

  it('keeps the end of a path that is too long', () => {
    const [, line = ''] = render([home('a'.repeat(90), null)], { width: 60 }).split('\n');
    expect(line).toMatch(/^…a{19} {2}never started$/);
  });

  it('writes ~ for the home directory alone', () => {
    const under = (homeDirectory: string) =>
      render([home('a', null)], { homeDirectory })
        .split('\n')[1]
        ?.split(' ')[0];
    expect(under('/home/op/')).toBe('~/a');
    expect(under('/home/o')).toBe('/home/op/a');
    expect(under('/')).toBe('/home/op/a');
  });

  it('says what is wrong, what is done and what comes next', () => {
    const crashed = statusOf({
      ...{
        state: 'crashed',
        reason: 'exit code 1',
        restarts: { crash: 2, health: 0, operator: 0 },
      },
      nextAction: { what: 'restart', at: now + 5_000 },
    });
    const stopping = statusOf({
      ...{ ...up, state: 'stopping' },
      stopPhase: { what: 'writing cached state', since: now },
    });
    const unwell = statusOf(up, { health: healthOf({ status: 'degraded', reason: '1 peer' }) });
    const lines = render([home('a', crashed), home('b', stopping), home('c', unwell)]);
    expect(lines).toMatch(/^~\/a +crashed +2 +exit code 1; restart in 5s$/m);
    expect(lines).toMatch(/^~\/b .* writing cached state$/m);
    expect(lines).toMatch(/^~\/c .* degraded .* 1 peer$/m);
  });

  it('colours lines by how much they need the operator', () => {
    const unwell = statusOf(up, { health: healthOf({ status: 'unhealthy' }) });
    const shown = [...homes, home('stopped', statusOf({})), home('unwell', unwell)];
    const styles = render(shown, { colour: true })
      .split('\n')
      .map((line) => (line.endsWith('\u001B[0m') ? line.slice(2, line.indexOf('m')) : null));
    expect(styles).toEqual([null, '31', '1;31', null, '2', '33', null]);
  });

  it('lets nobody command the terminal, and shows what is not understood as such', () => {
    const odd = {
      ...statusOf(up),
      health: { checks: 1 },
      network: { toString: 1 },
      reason: 'a\u001B[2J\nb',
    };
    const text = render([home('odd\u0007', odd as never)]);
    expect(text).toContain(String.raw`~/odd\x07`);
    expect(text).toContain(String.raw`a\x1b[2J b`);
    expect(text.split('\n')).toHaveLength(3);
    expect(text).toContain('?');
  });
});
