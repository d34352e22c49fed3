import { clearParts, fieldStride, type RecordParts } from './record-parts.ts';
import { kinds, odd } from './byte-kinds.ts';
import { scanPairs } from './scan-pairs.ts';

const names = ['t', 'ts', 'time', 'lvl', 'level', 'msg'];
const beginnings = ['t=', 'ts=', 'time=', 'lvl=', 'level='].map((name) => Buffer.from(name));

/** Finds the parts of a line of logfmt; false where it is none, or not surely. */
export function scanLogfmt(bytes: Buffer, start: number, end: number, parts: RecordParts): boolean {
  if (
    !beginnings.some(
      (name) =>
        bytes.compare(name, 0, name.length, start, Math.min(end, start + name.length)) === 0,
    )
  ) {
    return false;
  }
  clearParts(parts, 'logfmt', start);
  if (end > start && kinds[bytes[end - 1] ?? 0] === odd) return false;
  if (!scanPairs(bytes, start, end, parts)) return false;
  parts.isPlain = false;
  return takeOwn(bytes, parts);
}

/** Where each of {@link names} was found last, as an offset in the fields; -1 where nowhere. */
const places = new Int32Array(names.length);

/** Moves time, level and message out of the fields; false where neither a level nor a message is there. */
function takeOwn(bytes: Buffer, parts: RecordParts): boolean {
  const { fields } = parts;
  let kept = 0;
  places.fill(-1);
  for (let field = 0; field < parts.count; field += 1) {
    const at = field * fieldStride;
    const name = ownName(bytes, fields[at] ?? 0, fields[at + 1] ?? 0);
    if (name < 0) {
      if (kept !== field) fields.copyWithin(kept * fieldStride, at, at + fieldStride);
      kept += 1;
      continue;
    }
    setOwn(parts, name, at);
  }
  parts.count = kept;
  const [, , , lvl = -1, level = -1, msg = -1] = places;
  return lvl >= 0 || level >= 0 || msg >= 0;
}

/** `t` wins over `ts`, that over `time`, and `lvl` over `level`, wherever they stand. */
function setOwn(parts: RecordParts, name: number, at: number): void {
  const { fields } = parts;
  places[name] = at;
  const [from = 0, to = 0, how = 0] = fields.subarray(at + 2, at + 5);
  const [t = -1, ts = -1, , lvl = -1] = places;
  if (name === 5) {
    parts.messageFrom = from;
    parts.messageTo = to;
    parts.messageWritten = how;
  } else if (name >= 3) {
    if (name === 4 && lvl >= 0) return;
    parts.levelFrom = from;
    parts.levelTo = to;
  } else {
    if ((name > 0 && t >= 0) || (name > 1 && ts >= 0)) return;
    parts.timeFrom = from;
    parts.timeTo = to;
  }
}

function ownName(bytes: Buffer, from: number, to: number): number {
  if (to - from > 5) return -1;
  const first = bytes[from];
  if (first !== 0x74 && first !== 0x6c && first !== 0x6d) return -1;
  return names.indexOf(bytes.toString('latin1', from, to));
}
