import { createRecords } from '../read/record/log-record.ts';
import { marks, type ReadMatches } from '../read/select/matches.ts';
import { viewOf } from '../copy-ascii.ts';
import { recordJson } from './record-json.ts';
import { createJsonWriter, jsonRoom } from './record-json-bytes.ts';

const newline = 0x0a;
const backslash = 0x5c;
/** Bytes that are collected before they are given. */
const pieceBytes = 256 * 1024;

/** Makes lines of JSON of all matches, in pieces that are valid until the next is asked for. */
export function jsonLines(source: string): (matches: ReadMatches) => Generator<Buffer, void> {
  const write = createJsonWriter(source);
  const memory = Buffer.allocUnsafeSlow(pieceBytes + jsonRoom);
  const target = { bytes: memory, view: viewOf(memory) };
  return function* linesOf({ log, timeLookup, block, spans, marks: given }) {
    const records = createRecords(log, timeLookup, block);
    const { bytes, more } = block;
    const here = { from: 0, to: 0, end: 0 };
    const candidate = Object.assign(here, {
      bytes,
      view: viewOf(bytes),
      isReadable: log.parse === undefined && more === 0 && given === undefined,
      isWhole: more === 0,
      near: records.context.near,
      hasBackslash: bytes.subarray(block.start, block.end).includes(backslash),
      record: () => records.view(here.from, here.end),
    });
    let filled = 0;
    for (let at = 0; at < spans.length; at += 2) {
      here.from = spans[at] ?? 0;
      here.end = spans[at + 1] ?? 0;
      here.to = bytes[here.end - 1] === newline ? here.end - 1 : here.end;
      const end = write(candidate, target, filled);
      if (end >= 0) filled = end;
      if (filled > 0 && (end < 0 || filled >= pieceBytes)) {
        yield memory.subarray(0, filled);
        filled = 0;
      }
      if (end >= 0) continue;
      const record = candidate.record();
      record.isContext = ((given?.[at / 2] ?? 0) & marks.context) !== 0;
      for (const chunk of recordJson(source, record)) yield Buffer.from(chunk);
    }
    if (filled > 0) yield memory.subarray(0, filled);
  };
}
