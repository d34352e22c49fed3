import { tokensOf } from './pattern.ts';

/** A class of letters, digits and blanks of ASCII, and escapes that stand for them. */
export const plainClass: RegExp = /^\[\^?(?:[\x20-\x5b\x5d-\x7e]|\\[dwtnrfv]|\\[^\w\s])*\]$/;
const plainEscape = /^\\(?:[dwbBtnrfv]|[^\w\s])$/;

/**
 * Translates a pattern from `compilePattern` into one that finds the same in the bytes read as Latin-1, since decoding UTF-8 costs ten times what
 * the search does; null when there is none. There is one where a pattern names only ASCII, or other characters literally, and where whatever
 * stands for any character is repeated: then it does not matter that a character is several bytes.
 */
export function bytePattern(pattern: RegExp): RegExp | null {
  const { flags } = pattern;
  if (/[uv]/.test(flags)) return null;
  const tokens = writtenOut(tokensOf(pattern));
  const parts: string[] = [];
  for (const [at, token] of tokens.entries()) {
    const isRun = /^[*+]/.test(tokens[at + 1] ?? '');
    const part = inBytes(token, isRun, flags.includes('i'));
    if (part === null) return null;
    parts.push(part);
  }
  return new RegExp(parts.join(''), flags);
}

/** `{2}` and `{2,}`, of which the latter may be followed by a `?`. */
const counted = /^\{([1-8])(?:\}\??|(,)\})/;

/** Writes `[0-9][0-9]` for `[0-9]{2}`, which the engine finds several times as fast: it counts repeats in a loop, and looks ahead where it need not. */
function writtenOut(tokens: readonly string[]): readonly string[] {
  let rest: string | null = null;
  return tokens.flatMap((token, at) => {
    const own = rest ?? token;
    rest = null;
    const following = tokens[at + 1] ?? '';
    const [quantifier = '', times, isOpen] = counted.exec(following) ?? [];
    if (quantifier === '' || !/^(?:\[[^^]|\\[dw]$)/.test(own)) return own;
    rest = (isOpen === undefined ? '' : '*') + following.slice(quantifier.length);
    const copies = Number(times) + (isOpen === undefined ? 0 : 1);
    return Array.from({ length: copies }, () => own);
  });
}

function inBytes(token: string, isRun: boolean, ignoreCase: boolean): string | null {
  if (token.startsWith('\\')) return plainEscape.test(token) ? token : null;
  if (token.startsWith('[')) {
    return plainClass.test(token) && (isRun || !token.startsWith('[^')) ? token : null;
  }
  if (/\.(?![*+])/.test(token)) return null;
  if (/^\p{ASCII}*$/u.test(token)) return token;
  const isTranslatable = !ignoreCase && !/\p{Surrogate}/u.test(token);
  return isTranslatable ? token.replace(/\P{ASCII}/gu, bytesOf) : null;
}

function bytesOf(character: string): string {
  const bytes = [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16)}`);
  return `(?:${bytes.join('')})`;
}
