import { describe, expect, it } from 'vitest';
import type { RotationReport } from './rotate/rotation-report.ts';
import { createStoreFigures } from './store-figures.ts';
import type { StoreEvent } from './store-event.ts';

const at = new Date(0);
const rotated: RotationReport = { rotated: true, at, segment: '/a.log', bytes: 100, pauseMs: 3 };
const none = {
  rotations: 0,
  bytesRotated: 0,
  lastPauseMs: null,
  failedRotations: 0,
  lastFailure: null,
  lostBytes: 0,
  compressed: 0,
  removed: 0,
  diskFull: false,
};

function figuresAfter(...events: StoreEvent[]) {
  const figures = createStoreFigures();
  for (const event of events) figures.count(event);
  return figures.get();
}

describe('the figures of a store', () => {
  it.each<[string, StoreEvent, object]>([
    ['no rotation of an empty file', rotation('empty', null), {}],
    ['a rotation that failed', rotation('cannot-pause', null), failed('cannot-pause')],
    ['the words of an error', rotation('failed', new Error('EIO')), failed('EIO')],
    ['a compression', { type: 'compressed', segment: '/a.log.gz', bytes: 1 }, { compressed: 1 }],
    ['removed segments', { type: 'removed', segments: ['a', 'b'] }, { removed: 2 }],
    ['lost bytes', { type: 'truncated-by-other', lostBytes: 5 }, { lostBytes: 5 }],
    ['a full disk', { type: 'disk-full', freeBytes: 1 }, { diskFull: true }],
    ['no recovery', { type: 'recovered', rotation: 'undone' }, {}],
    ['no error', { type: 'error', error: new Error('EIO') }, {}],
  ])('count %s', (_, event, change) => {
    expect(figuresAfter(event)).toEqual({ ...none, ...change });
  });

  it('add up, and forget the failure that is over', () => {
    const report = { ...rotated, bytes: 50, pauseMs: 7 };
    const found = figuresAfter(
      { type: 'rotation', report: rotated },
      rotation('failed', new Error('EIO')),
      rotation('disk-full', null),
      { type: 'rotation', report },
      { type: 'removed', segments: ['a'] },
      { type: 'removed', segments: ['b'] },
      { type: 'truncated-by-other', lostBytes: 5 },
      { type: 'truncated-by-other', lostBytes: 6 },
      { type: 'disk-full', freeBytes: 1 },
      { type: 'disk-recovered', freeBytes: 1e9, fullMs: 1 },
      { type: 'compressed', segment: '/a.log.gz', bytes: 1 },
      { type: 'compressed', segment: '/b.log.gz', bytes: 1 },
    );
    expect(found).toEqual({
      ...none,
      rotations: 2,
      bytesRotated: 150,
      lastPauseMs: 7,
      failedRotations: 2,
      removed: 2,
      lostBytes: 11,
      compressed: 2,
    });
  });
});

function rotation(
  reason: Extract<RotationReport, { rotated: false }>['reason'],
  error: Error | null,
): StoreEvent {
  return { type: 'rotation', report: { rotated: false, at, reason, error, message: '' } };
}

function failed(lastFailure: string) {
  return { failedRotations: 1, lastFailure };
}
