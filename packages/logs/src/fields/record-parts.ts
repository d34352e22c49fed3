/** How the characters of a part are written: as they are, quoted as Go does, or as a JSON string with escapes. */
export const written = { plain: 0, go: 1, json: 2 } as const;

/** Numbers that each part takes in {@link RecordParts.fields}. */
export const fieldStride = 5;
/** Fields of a record that are kept; a record with more is parsed as text. */
const mostFields = 128;

/**
 * Where the parts of one record lie in a block of bytes. One object is filled again for each record, since a reader goes over millions of them.
 */
export interface RecordParts {
  format: 'terminal' | 'logfmt' | 'json';
  /** Edges of the time as it is written; both 0 where there is none. */
  timeFrom: number;
  timeTo: number;
  /** Edges of the name of the level; both 0 where there is none. */
  levelFrom: number;
  levelTo: number;
  messageFrom: number;
  messageTo: number;
  messageWritten: number;
  /** For each field: edges of its key, edges of its value without quotes, and how the value is written. */
  readonly fields: Int32Array;
  count: number;
  /** Certain that the record is of the terminal format and has blanks and visible characters of ASCII alone, and no quote. */
  isPlain: boolean;
  /** A number that plain records share only where they have the same message and the same keys in the same order; 0 where that is not known. */
  shape: number;
}

/** Room for the parts of one record. */
export function createRecordParts(): RecordParts {
  return {
    format: 'terminal',
    timeFrom: 0,
    timeTo: 0,
    levelFrom: 0,
    levelTo: 0,
    messageFrom: 0,
    messageTo: 0,
    messageWritten: written.plain,
    fields: new Int32Array(mostFields * fieldStride),
    count: 0,
    isPlain: false,
    shape: 0,
  };
}

/** Empties the parts for the next record. */
export function clearParts(parts: RecordParts, format: RecordParts['format'], at: number): void {
  parts.format = format;
  parts.timeFrom = parts.timeTo = parts.levelFrom = parts.levelTo = 0;
  parts.messageFrom = parts.messageTo = at;
  parts.messageWritten = written.plain;
  parts.count = 0;
  parts.isPlain = false;
  parts.shape = 0;
}

/** Adds a field; false where there is no room for it. */
export function addField(
  parts: RecordParts,
  [keyFrom, keyTo, valueFrom, valueTo, how]: readonly [number, number, number, number, number],
): boolean {
  const at = parts.count * fieldStride;
  const { fields } = parts;
  if (at >= fields.length) return false;
  fields[at] = keyFrom;
  fields[at + 1] = keyTo;
  fields[at + 2] = valueFrom;
  fields[at + 3] = valueTo;
  fields[at + 4] = how;
  parts.count += 1;
  return true;
}
