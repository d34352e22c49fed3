import { createFakeMachine } from '@wemixvisor/testkit';
import { describe } from 'vitest';
import { command } from '../test/support/life.ts';
import { spawnContract } from '../test/support/spawn-contract.ts';

describe('the fake machine', () => {
  spawnContract(() => {
    const machine = createFakeMachine();
    return Promise.resolve({
      ports: machine.ports().ports,
      command,
      options: { runDirectory: '/run/of/node', generation: 1, log: 0 },
      isUp: () => Promise.resolve(),
      until: () => machine.clock.advance(0),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    });
  });
});
