import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstTime, lastTime } from './first-time.ts';

const near = { near: new Date('2026-11-23T12:00:00Z') };
const stamped = (second: number) =>
  `INFO [11-23|12:00:${String(second).padStart(2, '0')}.000] up\n`;

describe('lastTime', () => {
  it.each(['', '\n', '\n\n', '\nno time\n', 'x', 'x\n'])('finds none in %j', (text) => {
    expect(lastTime(Buffer.from(text), near)).toBeNull();
  });

  it('agrees with the first time in a log that states one, whatever stands around it', () => {
    const noise = fc.array(fc.constantFrom('', 'no time', '\r', 'INFO [', '\tat x'), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(noise, noise, fc.nat(59), (before, after, second) => {
        const lines = (texts: readonly string[]) => texts.map((text) => `${text}\n`).join('');
        const bytes = Buffer.from(lines(before) + stamped(second) + lines(after));
        const first = firstTime(bytes, true, near);
        expect(first).not.toBeNull();
        expect(lastTime(bytes, near)).toEqual(first);
      }),
    );
  });
});
