import { describe, expect, it } from 'vitest';
import { createRefusalTeller } from './refusal-teller.ts';
import type { RotationReport } from './rotate/rotation-report.ts';

const at = new Date(0);
const refused = (message: string | null): RotationReport => ({
  rotated: false,
  at,
  reason: 'cannot-pause',
  error: message === null ? null : new Error(message),
  message: message ?? '',
});
const failed: RotationReport = {
  rotated: false,
  at,
  reason: 'failed',
  error: new Error('EIO'),
  message: 'EIO',
};
const done: RotationReport = { rotated: true, at, segment: 's', bytes: 1, pauseMs: 0 };

describe('that writers cannot be paused', () => {
  it('is told at the second try, once for each reason, and again after a rotation; without a reason never', () => {
    const told: string[] = [];
    const tell = createRefusalTeller((event) => {
      if (event.type === 'cannot-pause') told.push(event.error.message);
    });
    const tellAll = (...reports: readonly RotationReport[]) => {
      for (const report of reports) tell(report);
    };
    tellAll(refused('su'), failed, refused('timeout'));
    expect(told).toEqual([]);
    tellAll(refused('su'), refused('su'), refused('timeout'), refused('su'));
    expect(told).toEqual(['su', 'timeout']);
    tellAll(done, refused('su'));
    expect(told).toEqual(['su', 'timeout']);
    tellAll(refused('su'), refused(null), refused(null));
    expect(told).toEqual(['su', 'timeout', 'su']);
  });
});
