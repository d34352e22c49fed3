import { createRecordReader, type RecordReader, type Value } from '../fields/record-reader.ts';
import { LogsError } from '../errors.ts';
import { levels, parseLevel } from '../format/level.ts';
import { compilePattern } from '../read/search/pattern.ts';
import type { RecordTest } from '../read/select/record-test.ts';
import { comparisonsOf, keysOf, type Comparison, type Expression } from './expression.ts';
import { parseWhere } from './parse-where.ts';
import { requiredText } from './required-text.ts';
import { fitting, noOrder, valueTest } from './value-test.ts';
import { whereError } from './where-error.ts';

/** A condition on the fields of a record, and the keys that it names. */
export interface WhereTest extends RecordTest {
  readonly keys: readonly string[];
  readonly comparisons: readonly Comparison[];
}

type Check = (reader: RecordReader) => boolean;

const isLevel = (key: string): boolean => key === 'level' || key === 'lvl';
const isMessage = (key: string): boolean => key === 'message' || key === 'msg';
const value: Value = { bytes: Buffer.alloc(0), from: 0, to: 0 };

/**
 * Compiles what `--where` takes: `number>24000000 and (peercount<3 or err~"timeout")`. A comparison fits only records that have its key; `not` turns a
 * condition round, so that records without the key fit. Numbers may have thousands separators on either side, durations (`200ms`, `1h4m`) and sizes
 * (`3GiB`) are compared as such; `level` is compared by severity, and `message` is the text. `ignoreCase` is for patterns after `~`.
 *
 * @throws LogsError `BAD_EXPRESSION`, which shows the place
 */
export function compileWhere(
  text: string,
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): WhereTest {
  const expression = parseWhere(text);
  const patternOf = (comparison: Comparison) => patternIn(text, comparison, ignoreCase);
  const check = compile(text, expression, patternOf);
  const reader = createRecordReader();
  return {
    comparisons: comparisonsOf(expression),
    keys: keysOf(expression).filter((key) => !isLevel(key) && !isMessage(key)),
    required: requiredText(expression, patternOf, (comparison) => valueTest(text, comparison)),
    passes(candidate) {
      reader.open(candidate);
      return check(reader);
    },
  };
}

type PatternOf = (comparison: Comparison) => RegExp;

function compile(text: string, expression: Expression, patternOf: PatternOf): Check {
  switch (expression.kind) {
    case 'compare':
      return compileComparison(text, expression, patternOf);
    case 'has':
      return presence(expression.key);
    case 'not': {
      const check = compile(text, expression.of, patternOf);
      return (reader) => !check(reader);
    }
    case 'and':
    case 'or': {
      const checks = expression.of.map((each) => compile(text, each, patternOf));
      return expression.kind === 'and'
        ? (reader) => checks.every((check) => check(reader))
        : (reader) => checks.some((check) => check(reader));
    }
  }
}

function presence(key: string): Check {
  if (isLevel(key)) return (reader) => reader.level() !== null;
  if (isMessage(key)) return (reader) => reader.message() !== '';
  const name = nameOf(key);
  return (reader) => reader.field(name, value);
}

function compileComparison(text: string, comparison: Comparison, patternOf: PatternOf): Check {
  const { key, operator } = comparison;
  if (isLevel(key)) return compareLevel(text, comparison);
  if (operator === '~' || operator === '!~') {
    const pattern = patternOf(comparison);
    const wanted = operator === '~';
    return textCheck(key, (found) => pattern.test(found) === wanted);
  }
  const isOrder = operator !== '=' && operator !== '!=';
  if (isMessage(key)) {
    if (isOrder) throw noOrder(text, comparison);
    return textCheck(key, (found) => (found === comparison.value) === (operator === '='));
  }
  return compareValue(text, comparison);
}

function textCheck(key: string, fits: (found: string) => boolean): Check {
  if (isMessage(key)) return (reader) => fits(reader.message());
  const name = nameOf(key);
  return (reader) =>
    reader.field(name, value) && fits(value.bytes.toString('utf8', value.from, value.to));
}

function compareLevel(text: string, { operator, value: name, valueAt }: Comparison): Check {
  const wanted = parseLevel(name);
  if (wanted === null || operator === '~' || operator === '!~') {
    throw whereError(text, valueAt, `level is compared with one of ${levels.join(', ')}`);
  }
  const fits = fitting(operator);
  const rank = levels.indexOf(wanted);
  return (reader) => {
    const level = reader.level();
    return level !== null && fits(levels.indexOf(level) - rank);
  };
}

/** Compares the value of a field. */
function compareValue(text: string, comparison: Comparison): Check {
  const name = nameOf(comparison.key);
  const fits = valueTest(text, comparison);
  return (reader) => reader.field(name, value) && fits(value.bytes, value.from, value.to);
}

function patternIn(
  text: string,
  { value: given, valueAt }: Comparison,
  ignoreCase: boolean,
): RegExp {
  try {
    return compilePattern(given, { ignoreCase });
  } catch (error) {
    if (!(error instanceof LogsError)) throw error;
    throw whereError(text, valueAt, error.message);
  }
}

const nameOf = (key: string) => ({ text: key, bytes: Buffer.from(key) });
