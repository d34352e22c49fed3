import { createRecordReader } from '../fields/record-reader.ts';
import { compilePattern } from '../read/search/pattern.ts';
import type { RecordTest } from '../read/select/record-test.ts';
import { patternText } from './required-text.ts';

/**
 * A condition on the message of a record alone: neither its time nor its fields. The pattern is one of `grep`.
 *
 * @throws LogsError `BAD_PATTERN`
 */
export function compileMessage(
  pattern: string,
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): RecordTest {
  const compiled = compilePattern(pattern, { ignoreCase });
  const reader = createRecordReader();
  return {
    required: patternText(compiled),
    passes(candidate) {
      reader.open(candidate);
      return compiled.test(reader.message());
    },
  };
}
