import { compilePattern } from '../read/search/pattern.ts';
import { lineSearch } from '../read/search/line-search.ts';
import type { RecordTest } from '../read/select/record-test.ts';
import { compileMessage } from './compile-message.ts';
import { compileWhere } from './compile-where.ts';
import type { Comparison } from './expression.ts';
import type { TypedTests } from './typed-tests.ts';

/** Conditions for the `tests` of one reading. */
export interface CompiledTests {
  readonly tests: readonly RecordTest[];
  /** The keys that `where` names. */
  readonly keys: readonly string[];
  /** The comparisons that `where` makes. */
  readonly comparisons: readonly Comparison[];
  /** Lines that fit and were left out by `mute` so far. */
  muted(): number;
}

/**
 * Compiles conditions on what records say. A comparison of `where` fits only records that have its key; `not` turns a condition round. Numbers may have
 * thousands separators on either side, durations (`200ms`, `1h4m`) and sizes (`3GiB`) are compared as such, `level` by severity, and `message` is the text.
 *
 * @throws LogsError `BAD_EXPRESSION`, which shows the place; `BAD_PATTERN`
 * @example
 * import { compileTests, readLog } from '@wemixvisor/logs';
 *
 * const { tests } = compileTests({ where: 'peercount<3' });
 * for await (const record of readLog({ directory: 'logs', name: 'node', tests })) console.log(record.time);
 */
export function compileTests({
  where = null,
  message = null,
  mute = [],
  ignoreCase = false,
}: TypedTests): CompiledTests {
  const fields = where === null ? null : compileWhere(where, { ignoreCase });
  const text = message === null ? null : compileMessage(message, { ignoreCase });
  const noise = mute.length === 0 ? null : compileMute(mute);
  return {
    tests: [
      ...(fields === null ? [] : [{ ...fields, typed: { where, ignoreCase } }]),
      ...(text === null ? [] : [{ ...text, typed: { message, ignoreCase } }]),
      // What it counts is told here alone.
      ...(noise === null ? [] : [noise]),
    ],
    keys: fields?.keys ?? [],
    comparisons: fields?.comparisons ?? [],
    muted: () => noise?.count() ?? 0,
  };
}

/** Leaves out lines that match any of the patterns, and counts them. */
function compileMute(patterns: readonly string[]): RecordTest & { count(): number } {
  const search = lineSearch(compilePattern(patterns.map((each) => `(?:${each})`).join('|')));
  let count = 0;
  return {
    required: null,
    count: () => count,
    again: () => (count = 0),
    passes(candidate) {
      const { bytes, from, to, isWhole } = candidate;
      const pieces = isWhole ? [bytes.subarray(from, to)] : candidate.record().pieces();
      if (!search(pieces, to - from)) return true;
      count += 1;
      return false;
    },
  };
}
