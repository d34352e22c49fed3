import { describe, expect, it } from 'vitest';
import type { LogRecord } from '@wemixvisor/logs';
import { renderLogJson } from './log-json.ts';

const record = (bytes: Buffer): LogRecord => ({
  bytes,
  terminated: true,
  time: new Date('2026-11-23T12:00:00Z'),
  level: 'warn',
  format: 'terminal',
  message: 'Peer "x" left',
  fields: { id: '7' },
});
const facts = {
  time: '2026-11-23T12:00:00.000Z',
  level: 'warn',
  message: 'Peer "x" left',
  fields: { id: '7' },
  source: 'node',
};

const shown = (shownRecord: LogRecord) => [...renderLogJson('node', shownRecord)].join('');

describe('renderLogJson', () => {
  it('makes one line of what a record says, with the line itself', () => {
    const line = 'WARN Peer "x" left\tid=7\u0000';
    const text = shown(record(Buffer.from(line)));
    expect(text).toBe(`${JSON.stringify({ ...facts, line })}\n`);
  });

  it('makes as much of a line of megabytes, in pieces that cut no character', () => {
    const line = '"€𝄞\u0000'.repeat(100_000);
    const pieces = [...renderLogJson('node', record(Buffer.from(line)))];
    expect(JSON.parse(pieces.join(''))).toEqual({ ...facts, line });
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(512 * 1024);
  });

  it('says that a time is not known, and replaces what is no UTF-8', () => {
    const text = shown({ ...record(Buffer.from([0x61, 0xff, 0xe2])), time: null });
    expect(JSON.parse(text)).toEqual({ ...facts, time: null, line: 'a\ufffd\ufffd' });
  });
});
