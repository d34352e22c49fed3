/** Resets all colours (ECMA-48, SGR 0). */
const reset = '\u001b[0m';

/**
 * Escapes the control characters of a line, since peers can make a node log anything. With `colour` the node's own
 * colours stay and are reset at the end of the line.
 *
 * @example
 * sanitizeTerminal('peer \u0007 says hello'); // 'peer \\x07 says hello'
 */
export function sanitizeTerminal(line: string, colour = false): string {
  return sanitized(line, colour, '');
}

/** `next` is the character after the text; empty at the end of the line. */
function sanitized(line: string, colour: boolean, next: string): string {
  const shown = line.replaceAll(
    /(\p{Cc})(\[[\d;]{0,20}m)?/gu,
    (found: string, character: string, style: string | undefined, at: number) => {
      if (character === '\u001b' && style !== undefined) return colour ? found : '';
      const endsLine = character === '\r' && ['', '\n'].includes(line[at + 1] ?? next);
      if (character === '\t' || character === '\n' || endsLine) return found;
      const code = character.charCodeAt(0).toString(16).padStart(2, '0');
      return `\\x${code}${style ?? ''}`;
    },
  );
  return shown.includes('\u001b') ? `${shown}${reset}` : shown;
}

/** A control character that the next chunk may continue: the start of a colour, or of the end of the line. */
const unfinished = /(?:\r|\p{Cc}(?:\[[\d;]{0,20})?)$/u;

/** {@link sanitizeTerminal} for a line in chunks. */
export function* sanitizeChunks(
  chunks: Iterable<string>,
  colour: boolean,
): Generator<string, void> {
  let held = '';
  for (const chunk of chunks) {
    const text = held + chunk;
    held = unfinished.exec(text)?.[0] ?? '';
    yield sanitized(text.slice(0, text.length - held.length), colour, held.charAt(0));
  }
  if (held !== '') yield sanitizeTerminal(held, colour);
}
