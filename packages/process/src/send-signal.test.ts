import { describe, expect, it } from 'vitest';
import { sendSignal } from './send-signal.ts';

describe('sendSignal', () => {
  it('says when nobody got it', () => {
    expect(sendSignal(2 ** 30, 'SIGCONT')).toBe(false);
    expect(sendSignal(process.pid, 'SIGCONT')).toBe(true);
  });
});
