import { expect, it } from 'vitest';
import { fakeMachine } from '../test/fake-machine.ts';
import { checkSurroundings } from './check-surroundings.ts';

it('checks all that it is told of, and nothing else', async () => {
  const machine = fakeMachine();
  machine.paths.set('/srv/home', null);
  machine.modes.set('/srv/home', 0o777);
  machine.paths.set('/run/systemd/system', null);
  machine.output.set(
    'systemctl show --property=DefaultTimeoutStopUSec',
    'DefaultTimeoutStopUSec=1min 30s',
  );
  machine.paths.set('/proc/self/cgroup', '0::/');
  machine.paths.set('/sys/fs/cgroup/memory.max', '1000000000');
  expect(await checkSurroundings({}, machine)).toEqual([]);
  const problems = await checkSurroundings(
    {
      home: '/srv/home',
      stops: { atMostMs: 300_000, observedMs: [] },
      stopLimits: [{ who: 'the engine', ms: 10_000, remedy: 'give it more' }],
      cacheBytes: 4_000_000_000,
      headAheadMs: 60_000,
      diskFullInMs: 1_000,
    },
    machine,
  );
  expect(
    problems.map(({ check, message }) => `${check}: ${message.split(' ', 2).join(' ')}`),
  ).toEqual([
    'stop time: a reboot',
    'stop time: the engine',
    'home: any user',
    'clock: the clock',
    'memory: the control',
    'disk: at the',
  ]);
});
