import { describe, expect, it } from 'vitest';
import { fakeSite } from '../../test/fake-supervisor.ts';
import { pausableNode } from './pausable-node.ts';

/** A supervision, as far as a rotation needs it. */
function supervision(groupId: number | null) {
  const signals: string[] = [];
  const parts = {
    snapshot: { groupId },
    signalGroup: (signal: string) => {
      signals.push(signal);
      return true;
    },
  };
  return { signals, pausable: pausableNode(parts as never) };
}

describe('what a rotation pauses', () => {
  it('is the group of the node', () => {
    const { signals, pausable } = supervision(42);
    expect(pausable?.groupId).toBe(42);
    expect(pausable?.pause()).toBe(true);
    pausable?.resume();
    expect(signals).toEqual(['SIGSTOP', 'SIGCONT']);
  });

  it('is nothing where no node runs', async () => {
    expect(supervision(null).pausable).toBeNull();
    const supervisor = await (await fakeSite()).supervise();
    expect(await supervisor.operations.rotateLog()).toMatchObject({ rotated: false });
  });
});
