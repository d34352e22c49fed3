const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;

/** What a node says of itself is shallow; a thousand levels cost a parser more than a thousand values. */
const mostLevels = 64;

/** A block with its transactions as hashes has a few thousand; a million small ones take hundreds of megabytes. */
const mostValues = 100_000;

/** Follows the structure of JSON byte by byte, before anything of it is parsed. */
export interface JsonScanner {
  /**
   * Reads one byte and returns the depth behind it.
   *
   * @throws RangeError for more than 64 levels or 100,000 values since the last {@link JsonScanner.reset}.
   */
  step(byte: number): number;
  /** Counts values from zero: another document begins. */
  reset(): void;
}

/** Makes a scanner at depth 0. */
export function createJsonScanner(): JsonScanner {
  let depth = 0;
  let values = 0;
  let inString = false;
  let escaped = false;

  function enter(): void {
    depth += 1;
    if (depth > mostLevels) throw new RangeError(`more than ${mostLevels} levels`);
  }
  function count(): void {
    values += 1;
    if (values > mostValues) throw new RangeError(`more than ${mostValues} values`);
  }

  return {
    step(byte) {
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === backslash) escaped = true;
        else if (byte === quote) inString = false;
      } else if (byte === quote) inString = true;
      else if (byte === 0x7b || byte === 0x5b) {
        enter();
        count();
      } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
      else if (byte === comma) count();
      return depth;
    },
    reset() {
      values = 0;
    },
  };
}

/**
 * Parses JSON whose structure is within bounds.
 *
 * @throws RangeError for one that is not, before it is parsed; SyntaxError for what is no JSON.
 */
export function parseBounded(bytes: Buffer): unknown {
  const scanner = createJsonScanner();
  for (const byte of bytes) scanner.step(byte);
  return JSON.parse(bytes.toString('utf8'));
}
