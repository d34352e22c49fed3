import { createFakeMachine } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { initialLifecycle } from './lifecycle/state.ts';
import { supervise } from './supervise.ts';

/** A supervision of a home whose log some processes write to, at each look. */
function scene(looks: (look: number) => readonly number[]) {
  const machine = createFakeMachine();
  const { ports } = machine.ports();
  let look = 0;
  const seen: string[] = [];
  const platform = {
    ...ports.platform,
    commandLine: (pid: number) => (pid === 4710 ? '/bin/sh -s -u wemixvisor-recorder' : 'geth'),
    writersOf(file: string) {
      seen.push(file);
      return looks(look++);
    },
  };
  const outcome = supervise(
    {
      runDirectory: '/run/of/node',
      logFile: '/logs/node.log',
      openLog: () => 0,
      persist: () => {},
      record: initialLifecycle,
    },
    { ...ports, platform },
  );
  return { clock: machine.clock, outcome, seen };
}

describe('a supervision whose record knows no living node', () => {
  it('is refused while a process writes to the log, and names the node rather than its shell', async () => {
    const { clock, outcome, seen } = scene(() => [4710, 4711]);
    const refused = expect(outcome).rejects.toMatchObject({
      code: 'NODE_UNKNOWN',
      message: expect.stringContaining('process 4711 writes to /logs/node.log'),
    });
    await clock.advance(2_000);
    await refused;
    expect(new Set(seen)).toEqual(new Set(['/logs/node.log']));
    expect(seen).toHaveLength(21);
  });

  it('waits for the shell of a node that just ended', async () => {
    const { clock, outcome, seen } = scene((look) => (look < 3 ? [4710] : []));
    await clock.advance(300);
    expect((await outcome).snapshot.state).toBe('stopped');
    expect(seen).toHaveLength(4);
  });
});
