import { unquoteGo } from '../format/key-values.ts';
import { fieldStride, written, type RecordParts } from './record-parts.ts';

/** The text of a part, without the escapes that it is written with. */
function partText(bytes: Buffer, from: number, to: number, how: number): string {
  const text = bytes.toString('utf8', from, to);
  if (how === written.plain) return text;
  return how === written.go ? unquoteGo(text) : (JSON.parse(`"${text}"`) as string);
}

/** The message of a record. */
export function messageText(
  bytes: Buffer,
  { messageFrom, messageTo, messageWritten }: RecordParts,
): string {
  return partText(bytes, messageFrom, messageTo, messageWritten);
}

/** The value of the field with an index, as text. */
export function valueText(bytes: Buffer, { fields }: RecordParts, field: number): string {
  const at = field * fieldStride;
  return partText(bytes, fields[at + 2] ?? 0, fields[at + 3] ?? 0, fields[at + 4] ?? 0);
}

/** The key of the field with an index. */
export function keyText(bytes: Buffer, { fields }: RecordParts, field: number): string {
  const at = field * fieldStride;
  return bytes.toString('utf8', fields[at], fields[at + 1]);
}

/** The index of the last field with a key, given as bytes; -1 where there is none. */
export function fieldNamed(bytes: Buffer, { fields, count }: RecordParts, key: Buffer): number {
  for (let field = count - 1; field >= 0; field -= 1) {
    const from = fields[field * fieldStride] ?? 0;
    if ((fields[field * fieldStride + 1] ?? 0) - from !== key.length) continue;
    let at = 0;
    while (at < key.length && bytes[from + at] === key[at]) at += 1;
    if (at === key.length) return field;
  }
  return -1;
}
