import { createRecords } from '../read/record/log-record.ts';
import { marks, type ReadMatches } from '../read/select/matches.ts';
import { viewOf } from '../copy-ascii.ts';
import { recordJson } from './record-json.ts';
import { createJsonWriter, jsonRoom } from './record-json-bytes.ts';

const newline = 0x0a;
const backslash = 0x5c;
/** Bytes that are collected before they are given. */
const pieceBytes = 256 * 1024;
/** The most bytes that a character of a string becomes. */
const bytesPerCharacter = 3;

/** Makes lines of JSON of matches, in pieces that are valid until the next is asked for; in memory that is given, which takes at least a record. */
export type JsonLines = (matches: ReadMatches, memory?: Buffer) => Generator<Buffer, void>;

/** Lines of JSON of one log, in memory of their own or of the caller's. */
export function jsonLines(source: string): JsonLines {
  const write = createJsonWriter(source);
  const own = Buffer.allocUnsafeSlow(pieceBytes + jsonRoom);
  return function* linesOf({ log, timeLookup, block, spans, marks: given }, memory = own) {
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
    const target = { bytes: memory, view: viewOf(memory) };
    const full = memory.length - jsonRoom;
    let filled = 0;
    for (let at = 0; at < spans.length; at += 2) {
      here.from = spans[at] ?? 0;
      here.end = spans[at + 1] ?? 0;
      here.to = bytes[here.end - 1] === newline ? here.end - 1 : here.end;
      const end = write(candidate, target, filled);
      if (end >= 0) filled = end;
      else {
        const record = candidate.record();
        record.isContext = ((given?.[at / 2] ?? 0) & marks.context) !== 0;
        for (const chunk of recordJson(source, record)) {
          const most = chunk.length * bytesPerCharacter;
          if (filled > 0 && filled + most > full) {
            yield memory.subarray(0, filled);
            filled = 0;
          }
          if (most > full) yield Buffer.from(chunk);
          else filled += memory.write(chunk, filled);
        }
      }
      if (filled >= full) {
        yield memory.subarray(0, filled);
        filled = 0;
      }
    }
    if (filled > 0) yield memory.subarray(0, filled);
  };
}
