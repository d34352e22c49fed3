/** The same bytes as numbers of more than one byte: to copy eight at a time takes a fifth of the time, and a native copy costs more than a short text. */
export function viewOf({ buffer, byteOffset, length }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, length);
}

/** Copies bytes below 0x7f, eight of which are never a number that is none and may be changed on the way; gives where the copy ends. */
export function copyAscii(
  target: DataView,
  place: number,
  source: DataView,
  from: number,
  to: number,
): number {
  const behind = place - from;
  let at = from;
  for (; at + 8 <= to; at += 8) target.setFloat64(at + behind, source.getFloat64(at));
  if (at + 4 <= to) {
    target.setInt32(at + behind, source.getInt32(at));
    at += 4;
  }
  for (; at < to; at += 1) target.setUint8(at + behind, source.getUint8(at));
  return to + behind;
}
