import fc from 'fast-check';
import { deflateRawSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  blockBytesFor,
  memberOf,
  readBlockTable,
  tableMember,
  unpackMember,
} from './blocked-gzip.ts';

const packed = (bytes: Buffer, blockBytes: number): Buffer => {
  const members: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes);
    members.push(memberOf(block, deflateRawSync(block)));
  }
  const sizes = members.map(({ length }) => length);
  return Buffer.concat([...members, tableMember(bytes.length, blockBytes, sizes)]);
};
const tableOf = (file: Buffer) =>
  readBlockTable(file.length, (position, length) => file.subarray(position, position + length));

describe('blocked gzip', () => {
  it('is read by gzip as one file, and by us block by block', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 5000 }),
        fc.integer({ min: 1, max: 700 }),
        (array, blockBytes) => {
          const bytes = Buffer.from(array);
          const file = packed(bytes, blockBytes);
          expect(gunzipSync(file).equals(bytes)).toBe(true);
          const table = tableOf(file);
          expect(table).toMatchObject({ totalBytes: bytes.length, blockBytes });
          const blocks = table?.offsets.slice(0, -1).map((start, index) => {
            const left = Math.min(blockBytes, bytes.length - index * blockBytes);
            return unpackMember(file.subarray(start, table.offsets[index + 1]), left);
          });
          expect(Buffer.concat(blocks ?? []).equals(bytes)).toBe(true);
        },
      ),
    );
  });

  it('knows that another program wrote a file', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        (array) => tableOf(Buffer.from(array)) === null,
      ),
    );
  });

  it('takes longer blocks where the table would not fit', () => {
    expect(blockBytesFor(0)).toBe(1024 * 1024);
    expect(blockBytesFor(16_000 * 1024 * 1024 + 1)).toBe(2 * 1024 * 1024);
  });
});
