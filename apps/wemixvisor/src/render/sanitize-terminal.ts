/** Ends all colours (ECMA-48, SGR 0). */
export const reset = '\u001b[0m';

/**
 * Peers can bring a node to log what they like: control characters are shown, not obeyed. Colours do no harm; a node
 * that brings its own has them ended with its line.
 */
export function sanitizeTerminal(line: string, colour = false): string {
  const shown = line.replaceAll(
    /(\p{Cc})(\[[\d;]{0,20}m)?/gu,
    (found: string, character: string, style: string | undefined, at: number) => {
      if (character === '\u001b' && style !== undefined) return colour ? found : '';
      const endsLine = character === '\r' && /^(\n|$)/.test(line.slice(at + 1, at + 2));
      if (character === '\t' || character === '\n' || endsLine) return found;
      const code = character.charCodeAt(0).toString(16).padStart(2, '0');
      return `\\x${code}${style ?? ''}`;
    },
  );
  return shown.includes('\u001b') ? `${shown}${reset}` : shown;
}

/** A control character of which only the next piece tells what it is: the beginning of a colour, or the end of the line. */
const undecided = /(?:\r|\p{Cc}(?:\[[\d;]{0,20})?)$/u;

/** The same for a line that comes in pieces. */
export function* harmlessPieces(
  pieces: Iterable<string>,
  colour: boolean,
): Generator<string, void> {
  let held = '';
  for (const piece of pieces) {
    const text = held + piece;
    held = undecided.exec(text)?.[0] ?? '';
    yield sanitizeTerminal(text.slice(0, text.length - held.length), colour);
  }
  if (held !== '') yield sanitizeTerminal(held, colour);
}
