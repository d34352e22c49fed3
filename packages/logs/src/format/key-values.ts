// A pair: a key without blanks, then a Go-quoted value or one up to the next blank; values are padded with blanks
// to the longest seen (log/format.go @ v1.13.5).
const pair = /(?:^|\s)([^\s="]+)=("(?:[^"\\]|\\.)*"|\S*)/gy;

/** Reads ` key=value key="quoted value"` from an offset on, and stops at the first text that is no pair. */
export function parseKeyValues(text: string, from = 0): Record<string, string> {
  const fields: Record<string, string> = Object.create(null) as Record<string, string>;
  let position = from;
  for (;;) {
    while (text[position] === ' ' && text[position + 1] === ' ') position += 1;
    pair.lastIndex = position;
    const found = pair.exec(text);
    if (found === null) return fields;
    position = pair.lastIndex;
    fields[found[1] ?? ''] = unquote(found[2] ?? '');
  }
}

const escapes: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Undoes Go's `strconv.Quote`; text that is not quoted is returned as it is. */
function unquote(value: string): string {
  if (value.length < 2 || !value.startsWith('"') || !value.endsWith('"')) return value;
  return unquoteGo(value.slice(1, -1));
}

/** Undoes the escapes of Go's `strconv.Quote` in what stands between the quotes. */
export function unquoteGo(value: string): string {
  return value.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs,
    (_all, two?: string, four?: string, eight?: string, one?: string) => {
      if (one !== undefined) return escapes[one] ?? one;
      const code = Number.parseInt(two ?? four ?? eight ?? '', 16);
      return code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code);
    },
  );
}
