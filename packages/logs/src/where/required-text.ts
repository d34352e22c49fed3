import { requiredLiterals } from '../read/search/required-literals.ts';
import { allOf, anyOf, type Required } from '../read/search/required.ts';
import type { Comparison, Expression } from './expression.ts';
import { outAtAGlance } from './glance.ts';
import { measureOf } from './measure.ts';
import type { ValueTest } from './value-test.ts';

/** Characters that no format writes with an escape. */
const neverEscaped = /^[\w .,:;()[\]#@*+/-]+$/;
/** Fields of log4j, NLog, tracing and Python, whose lines do not name them. */
const unnamed = new Set(['thread', 'logger', 'target', 'level', 'lvl', 'message', 'msg']);

type PatternOf = (comparison: Comparison) => RegExp;
type TestOf = (comparison: Comparison) => ValueTest;

/** What the text of each record that an expression fits contains; null where there is nothing. */
export function requiredText(
  expression: Expression,
  patternOf: PatternOf,
  testOf: TestOf,
): Required | null {
  switch (expression.kind) {
    case 'has':
      return named(expression.key);
    case 'compare':
      return compared(expression, patternOf, testOf);
    case 'not':
      return null;
    case 'and':
      return allOf(expression.of.map((each) => requiredText(each, patternOf, testOf)));
    case 'or':
      return anyOf(expression.of.map((each) => requiredText(each, patternOf, testOf)));
  }
}

function compared(comparison: Comparison, patternOf: PatternOf, testOf: TestOf): Required | null {
  const { key, operator } = comparison;
  const name = named(key);
  const value = valueText(comparison, patternOf);
  if (name === null || operator === '~' || operator === '!~') return allOf([name, value]);
  return allOf([{ text: key, isOut: outAtAGlance(key, testOf(comparison)) }, value]);
}

function named(key: string): Required | null {
  return unnamed.has(key) || !neverEscaped.test(key) ? null : { text: key };
}

/** The value, where it stands in the line as it is typed. */
function valueText(comparison: Comparison, patternOf: PatternOf): Required | null {
  const { operator, value, key } = comparison;
  if (key === 'level' || key === 'lvl') return null;
  if (operator === '~') return patternText(patternOf(comparison));
  const isText = operator === '=' && value.length > 3 && measureOf(value) === null;
  return isText && neverEscaped.test(value) ? { text: value } : null;
}

/** What a text that a pattern matches contains, as far as it stands in a line as it does in the value. */
export function patternText(pattern: RegExp): Required | null {
  const required = requiredLiterals(pattern);
  return required === null ? null : asWritten(required);
}

function asWritten(required: Required): Required | null {
  if ('run' in required) return null;
  if ('text' in required) return neverEscaped.test(required.text) ? required : null;
  return 'all' in required
    ? allOf(required.all.map(asWritten))
    : anyOf(required.any.map(asWritten));
}
