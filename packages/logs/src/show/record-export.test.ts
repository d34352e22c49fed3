import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLogLine } from '../format/parse-log-line.ts';
import type { LogRecord } from '../read/record/log-record.ts';
import { recordCsv, recordLogfmt } from './record-export.ts';

const record = {
  time: new Date('2026-03-04T09:15:02.118Z'),
  level: 'warn',
  message: 'Peer "x", left',
  fields: { id: '7', err: 'a b', 'odd key': '' },
} as unknown as LogRecord;

describe('recordCsv', () => {
  it('quotes what has quotes, commas and line breaks', () => {
    expect(recordCsv('node', record)).toBe(
      '2026-03-04T09:15:02.118Z,warn,node,"Peer ""x"", left","{""id"":""7"",""err"":""a b"",""odd key"":""""}"\r\n',
    );
    const bare = { ...record, time: null, level: null, message: 'a\nb', fields: {} };
    expect(recordCsv('node', bare)).toBe(',,node,"a\nb",{}\r\n');
  });
});

describe('recordLogfmt', () => {
  it('quotes what has blanks, and keeps keys whole', () => {
    expect(recordLogfmt('node', record)).toBe(
      't=2026-03-04T09:15:02.118Z lvl=warn source=node msg="Peer \\"x\\", left" id=7 err="a b" odd_key=""\n',
    );
  });

  it('is read back as what it was written from, and commands no terminal', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'grapheme' }),
        (message, value) => {
          const line = recordLogfmt('node', { ...record, message, fields: { key: value } });
          expect(line.slice(0, -1)).not.toMatch(/\p{Cc}/u);
          const read = parseLogLine(line, { near: new Date() });
          expect(read).toMatchObject({ level: 'warn', message, time: record.time });
          expect(read.fields['key']).toBe(value);
        },
      ),
    );
  });
});
