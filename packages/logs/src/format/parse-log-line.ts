import { parseCommon } from './common.ts';
import { parseJson } from './json.ts';
import type { Level } from './level.ts';
import { parseLogfmt } from './logfmt.ts';
import { parseOwnTime } from './own-time.ts';
import type { LineContext, ParsedLine } from './parsed-line.ts';
import { parseTerminal } from './terminal.ts';

const escape = String.fromCharCode(27);
const colours = new RegExp(`${escape}\\[[0-9;]*m`, 'g');
const goCrash = /^(?:panic: |fatal error: |runtime: |SIG[A-Z]+: |unexpected fault address )/;
const fatalMessage =
  /^(?:Fatal: |flag provided but not defined|Incorrect Usage|invalid (?:value|command|boolean)|Flags? .* can't be used)/;

/**
 * Reads one record of a node's log, one line or several: geth's terminal format (its missing year and zone repaired), logfmt,
 * JSON of old and new releases, gwemix's variants of them, Go's crash reports, and the formats that other programs share; whatever else is
 * plain text.
 *
 * @example parseLogLine('WARN [03-04|09:19:30.069] Looking for peers   peercount=2', { near: new Date() }).level; // 'warn'
 */
export function parseLogLine(line: string, context: LineContext): ParsedLine {
  const text = (line.includes(escape) ? line.replace(colours, '') : line).replace(/\r?\n?$/, '');
  return (
    parseOwn(text, context) ??
    parseJson(text) ??
    parseLogfmt(text) ??
    parseTerminal(text, context) ??
    parseCommon(text, context) ??
    parsePlain(text)
  );
}

function parseOwn(text: string, { parse }: LineContext): ParsedLine | null {
  const found = parse?.(text) ?? null;
  if (found === null) return null;
  return { format: 'own', time: null, level: null, message: text, fields: {}, ...found };
}

function parsePlain(text: string): ParsedLine {
  const crashed = goCrash.test(text);
  return {
    format: crashed ? 'panic' : 'plain',
    time: parseOwnTime(/^\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?/.exec(text)?.[0]),
    level: crashed ? 'crit' : plainLevel(text),
    message: text,
    fields: {},
  };
}

function plainLevel(text: string): Level | null {
  return fatalMessage.test(text) ? 'crit' : null;
}
