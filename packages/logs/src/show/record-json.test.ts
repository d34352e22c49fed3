import { describe, expect, it } from 'vitest';
import type { LogRecord } from '../read/record/log-record.ts';
import { recordJson } from './record-json.ts';

const record = (bytes: Buffer, text = [bytes.toString()]): LogRecord => ({
  bytes,
  pieces: () => [bytes],
  text: () => text,
  terminated: true,
  time: new Date('2026-11-23T12:00:00Z'),
  level: 'warn',
  format: 'terminal',
  message: 'Peer "x" left',
  fields: { id: '7' },
  isContext: false,
  isApart: false,
});
const facts = {
  time: '2026-11-23T12:00:00.000Z',
  level: 'warn',
  message: 'Peer "x" left',
  fields: { id: '7' },
  source: 'node',
};

const shown = (shownRecord: LogRecord) => [...recordJson('node', shownRecord)].join('');

describe('recordJson', () => {
  it('says which records are given for one near them', () => {
    const near = { ...record(Buffer.from('x')), isContext: true };
    expect(JSON.parse(shown(near))).toEqual({ ...facts, context: true, line: 'x' });
  });

  it('makes one line of what a record says, with the line itself', () => {
    const line = 'WARN Peer "x" left\tid=7\u0000';
    const text = shown(record(Buffer.from(line)));
    expect(text).toBe(`${JSON.stringify({ ...facts, line })}\n`);
  });

  it('lets no control character reach a terminal, and loses none', () => {
    const line = 'a\u001b[2J\u007fb\u009b2J\u0085c\u00a0';
    const text = shown({ ...record(Buffer.from(line)), message: line, fields: { id: line } });
    expect(text.slice(0, -1)).not.toMatch(/\p{Cc}/u);
    expect(JSON.parse(text)).toEqual({ ...facts, message: line, fields: { id: line }, line });
  });

  it('makes as much of a line of megabytes, in pieces', () => {
    const part = '"€𝄞\u0000'.repeat(2_000);
    const pieces = [...recordJson('node', record(Buffer.alloc(0), Array<string>(50).fill(part)))];
    expect(JSON.parse(pieces.join(''))).toEqual({ ...facts, line: part.repeat(50) });
    expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(100 * 1024);
  });

  it('says that a time is not known, and replaces what is no UTF-8', () => {
    const text = shown({ ...record(Buffer.from([0x61, 0xff, 0xe2])), time: null });
    expect(JSON.parse(text)).toEqual({ ...facts, time: null, line: 'a\ufffd\ufffd' });
  });
});
