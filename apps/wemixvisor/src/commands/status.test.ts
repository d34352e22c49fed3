import { waitFor } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { cannedSupervisor } from '../../test/canned-supervisor.ts';
import { statusOf } from '../../test/status-of.ts';
import { beginCommand } from '../../test/terminal.ts';

it('status --watch has the node asked once, at the beginning, and goes on without the answer', async () => {
  const { home, requests } = await cannedSupervisor({
    'GET /v1/status': { body: statusOf({ state: 'running', desired: 'up', pid: 7 }) },
  });
  const env = { WEMIXVISOR_HOME: home };
  const watch = beginCommand(['status', '--watch', '--json'], { env });
  await waitFor(() => watch.stdout.split('\n').length > 2, { what: 'two looks' });
  watch.signal('SIGINT');
  expect((await watch.done).code).toBe(0);
  const asked = requests.filter((request) => request.startsWith('GET /v1/health'));
  expect(asked).toEqual(['GET /v1/health?live=true']);
  expect(requests.filter((request) => request === 'GET /v1/status').length).toBeGreaterThan(1);
});
