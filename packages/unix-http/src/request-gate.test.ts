import { describe, expect, it } from 'vitest';
import { createRequestGate } from './request-gate.ts';

const soon = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('the gate of requests', () => {
  it('tells when the last request under way is answered, behind its answer', async () => {
    const told: string[] = [];
    const gate = createRequestGate('it is ending', () => told.push('idle'));
    let finish = () => {};
    const slow = gate.pass(() => new Promise<void>((resolve) => (finish = resolve)));
    await gate.pass(() => Promise.resolve());
    await soon();
    expect(told).toEqual([]);
    expect(gate.busy).toBe(true);
    finish();
    await slow.then(() => told.push('answered'));
    await soon();
    expect(told).toEqual(['answered', 'idle']);
    expect(gate.busy).toBe(false);
  });

  it('counts a request that failed as answered', async () => {
    const gate = createRequestGate('it is ending', () => {});
    await expect(gate.pass(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(gate.busy).toBe(false);
  });

  it('lets nothing pass once it is closed', async () => {
    const gate = createRequestGate('it is ending', () => {});
    expect(() => gate.check()).not.toThrow();
    gate.close();
    let done = false;
    const late = gate.pass(() => {
      done = true;
      return Promise.resolve();
    });
    await expect(late).rejects.toMatchObject({ code: 'ENDING', message: 'it is ending' });
    expect(done).toBe(false);
    expect(() => gate.check()).toThrow('it is ending');
  });
});
