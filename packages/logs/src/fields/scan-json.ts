import { addField, clearParts, written, type RecordParts } from './record-parts.ts';

const quote = 0x22;
const backslash = 0x5c;
const space = 0x20;
const escapes = Buffer.from('"\\/bfnrtu');
const fourHex = /^[\da-fA-F]{4}$/;
const literals = new Set(['true', 'false', 'null']);
/** A number that JSON writes as it stands here. */
const canonical = /^-?(?:0|[1-9]\d{0,14})(?:\.\d{0,14}[1-9])?$/;

/** What the scan is at; one object, since it is used for millions of lines. */
const here = { at: 0, end: 0, from: 0, to: 0, how: 0 };

/**
 * Finds the parts of a line of JSON whose values are strings, numbers and other words; false for any other line: values with braces and brackets
 * are left to `JSON.parse`.
 */
export function scanJson(bytes: Buffer, start: number, end: number, parts: RecordParts): boolean {
  if (bytes[start] !== 0x7b) return false;
  clearParts(parts, 'json', start);
  parts.messageFrom = parts.messageTo = start;
  here.at = start + 1;
  here.end = end;
  if (bytes[here.at] === 0x7d) return here.at === end - 1;
  for (;;) {
    if (!scanString(bytes) || here.how !== written.plain) return false;
    const [keyFrom, keyTo] = [here.from, here.to];
    if (bytes[here.at] !== 0x3a) return false;
    here.at += 1;
    const isText = bytes[here.at] === quote;
    if (!(isText ? scanString(bytes) : scanWord(bytes))) return false;
    if (!put(bytes, parts, { keyFrom, keyTo, isText })) return false;
    const next = bytes[here.at];
    here.at += 1;
    if (next === 0x7d) return here.at === end;
    if (next !== 0x2c) return false;
  }
}

interface Found {
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly isText: boolean;
}

/** Where a value belongs; false where `JSON.parse` has to say. */
function put(bytes: Buffer, parts: RecordParts, { keyFrom, keyTo, isText }: Found): boolean {
  const { from, to, how } = here;
  const name = keyTo - keyFrom <= 5 ? bytes.toString('latin1', keyFrom, keyTo) : '';
  if (name === 'msg') {
    parts.messageFrom = isText ? from : keyFrom;
    parts.messageTo = isText ? to : keyFrom;
    parts.messageWritten = isText ? how : written.plain;
    return true;
  }
  const isTime = name === 't' || name === 'time';
  if (!isTime && name !== 'lvl' && name !== 'level') {
    return addField(parts, [keyFrom, keyTo, from, to, how]);
  }
  // One of each, as text: what else there may be is rare.
  if (how !== written.plain || !isText) return false;
  if ((isTime ? parts.timeTo : parts.levelTo) !== 0) return false;
  if (isTime) [parts.timeFrom, parts.timeTo] = [from, to];
  else [parts.levelFrom, parts.levelTo] = [from, to];
  return true;
}

function scanString(bytes: Buffer): boolean {
  let { at } = here;
  if (bytes[at] !== quote) return false;
  at += 1;
  here.from = at;
  here.how = written.plain;
  for (; at < here.end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === quote) {
      here.to = at;
      here.at = at + 1;
      return true;
    }
    // No JSON string holds a control character.
    if (byte < space) return false;
    if (byte === backslash) {
      here.how = written.json;
      at += 1;
      if (!escapes.includes(bytes[at] ?? 0)) return false;
      if (bytes[at] === 0x75 && !fourHex.test(bytes.toString('latin1', at + 1, at + 5))) {
        return false;
      }
    }
  }
  return false;
}

function scanWord(bytes: Buffer): boolean {
  here.from = here.at;
  here.how = written.plain;
  let { at } = here;
  let isDigits = true;
  for (; at < here.end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x2c || byte === 0x7d) break;
    if (byte < 0x30 || byte > 0x39) isDigits = false;
  }
  here.to = here.at = at;
  const length = at - here.from;
  if (isDigits && length > 0 && length < 16 && (length === 1 || bytes[here.from] !== 0x30)) {
    return true;
  }
  if (length > 32) return false;
  const word = bytes.toString('latin1', here.from, at);
  return literals.has(word) || (canonical.test(word) && word !== '-0');
}
