import { describe, expect, it } from 'vitest';
import { needleIn } from './needle.ts';

describe('needleIn', () => {
  it.each([
    ['Low disk space', 'Low dis', 0],
    ['peercount=', 'unt=', 6],
    ['elapsed in Zürich', 'Zürich', 11],
    ['not there', 'here', 5],
    ['eee', 'eee', 0],
    ['', '', 0],
  ])('of %j begins with the rarest byte', (literal, part, offset) => {
    const needle = needleIn(Buffer.from(literal));
    expect(needle).toEqual({ bytes: Buffer.from(part).subarray(0, 7), offset });
  });

  it('is a part of what is searched', () => {
    const literal = Buffer.from('Imported new potential chain segment');
    const { bytes, offset } = needleIn(literal);
    expect(literal.subarray(offset, offset + bytes.length).equals(bytes)).toBe(true);
  });
});
