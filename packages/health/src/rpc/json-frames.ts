import { createJsonScanner } from './json-scanner.ts';

const openers = new Set([0x7b, 0x5b]);
const blanks = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Splits a byte stream into JSON objects and arrays. */
export interface JsonFrames {
  /** Returns the parsed values that this chunk completed; throws on other bytes and on a value over the limit. */
  push(chunk: Buffer): readonly unknown[];
}

/**
 * Splits a stream of consecutive JSON values, with or without line breaks between, whatever the chunks:
 * geth's IPC has no other framing (rpc/json.go @ v1.17.5).
 */
export function createJsonFrames(maxBytes: number): JsonFrames {
  let parts: Buffer[] = [];
  let heldBytes = 0;
  let depth = 0;
  const scanner = createJsonScanner();

  /** Reads one byte; true when it completes a value. */
  function step(byte: number): boolean {
    if (depth === 0 && !openers.has(byte)) throw new SyntaxError('not a JSON object or array');
    depth = scanner.step(byte);
    return depth === 0;
  }

  function take(last: Buffer): unknown {
    const text = Buffer.concat([...parts, last]).toString('utf8');
    parts = [];
    heldBytes = 0;
    scanner.reset();
    return JSON.parse(text);
  }

  return {
    push(chunk) {
      const values: unknown[] = [];
      let from = 0;
      for (let at = 0; at < chunk.length; at++) {
        const byte = chunk[at] ?? 0;
        if (depth === 0 && blanks.has(byte)) {
          from = at + 1;
          continue;
        }
        const complete = step(byte);
        if (heldBytes + at + 1 - from > maxBytes)
          throw new RangeError(`more than ${maxBytes} bytes`);
        if (!complete) continue;
        values.push(take(chunk.subarray(from, at + 1)));
        from = at + 1;
      }
      if (from < chunk.length) parts.push(chunk.subarray(from));
      heldBytes += chunk.length - from;
      return values;
    },
  };
}
