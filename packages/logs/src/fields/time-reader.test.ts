import { describe, expect, it } from 'vitest';
import { parseLogLine } from '../format/parse-log-line.ts';
import { createRecordParts } from './record-parts.ts';
import { scanRecord } from './scan-record.ts';
import { createTimeReader } from './time-reader.ts';

const near = new Date(2026, 2, 5);
const lines = [
  'INFO [03-04|09:15:02.118] one',
  'INFO [03-04|09:15:59.999] of the same minute',
  'INFO [03-04|09:16:00.000] of the next',
  'INFO [12-31|23:59:59.000] of the year before',
  'INFO [03-04|09:16:00.001] of this one',
  'INFO [02-30|09:16:00.001] of no day',
  '{"t":"2026-03-04T09:15:02.118204311Z","lvl":"info","msg":"x"}',
  '{"t":"2026-03-04T09:15:03Z","lvl":"info","msg":"x"}',
  '{"t":"2026-03-04T18:15:02.1+09:00","lvl":"info","msg":"x"}',
  '{"t":"2026-13-04T09:15:02.118Z","lvl":"info","msg":"x"}',
  't=2026-03-04T09:15:02+0900 lvl=info msg=x',
  't=2026-03-04T09:15:02+0000 lvl=info msg=x',
  't=2026-03-04T09:15:61Z lvl=info msg=x',
];

describe('createTimeReader', () => {
  it('reads the times that the parser reads, one line after another', () => {
    const read = createTimeReader();
    const parts = createRecordParts();
    for (const line of [...lines, ...lines.toReversed()]) {
      const bytes = Buffer.from(line);
      expect(scanRecord(bytes, 0, bytes.length, parts), line).toBe(true);
      const { time } = parseLogLine(line, { near });
      expect(read(bytes, parts, near), line).toBe(time?.getTime() ?? NaN);
    }
  });

  it('takes a minute for another one near another moment', () => {
    const read = createTimeReader();
    const parts = createRecordParts();
    const bytes = Buffer.from(lines[0] ?? '');
    scanRecord(bytes, 0, bytes.length, parts);
    expect(read(bytes, parts, near)).toBe(new Date(2026, 2, 4, 9, 15, 2, 118).getTime());
    expect(read(bytes, parts, new Date(2024, 2, 5))).toBe(
      new Date(2024, 2, 4, 9, 15, 2, 118).getTime(),
    );
  });
});
