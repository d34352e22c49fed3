import { describe, expect, it } from 'vitest';
import { LogsError } from '../errors.ts';
import { createSerialQueue } from './serial-queue.ts';

describe('a serial queue', () => {
  it('runs one task after the other, also after one that failed', async () => {
    const queue = createSerialQueue();
    const done: string[] = [];
    let finish = (): void => undefined;
    const first = queue.run(async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      done.push('first');
      throw new Error('EIO');
    });
    const second = queue.run(() => done.push('second'));
    await Promise.resolve();
    expect(done).toEqual([]);
    finish();
    await expect(first).rejects.toThrow('EIO');
    expect(await second).toBe(2);
    expect(done).toEqual(['first', 'second']);
  });

  it('is closed when its tasks are done, and says that it is closed at once', async () => {
    const queue = createSerialQueue();
    expect(() => queue.assertOpen()).not.toThrow();
    const done: string[] = [];
    void queue.run(async () => {
      await Promise.resolve();
      done.push('task');
    });
    const closing = queue.close();
    expect(() => queue.assertOpen()).toThrow(LogsError);
    await closing;
    expect(done).toEqual(['task']);
  });
});
