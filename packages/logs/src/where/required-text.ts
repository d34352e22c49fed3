import { requiredLiterals } from '../read/search/required-literals.ts';
import type { Comparison, Expression } from './expression.ts';
import { measureOf } from './measure.ts';

/** Characters that no format writes with an escape. */
const neverEscaped = /^[\w .,:;()[\]#@*+/-]+$/;
/** Fields of log4j, NLog, tracing and Python, whose lines do not name them. */
const unnamed = new Set(['thread', 'logger', 'target', 'level', 'lvl', 'message', 'msg']);

/** Texts of which each record that an expression fits contains at least one; null where there are none. */
export function requiredText(
  expression: Expression,
  patternOf: (comparison: Comparison) => RegExp,
): readonly string[] | null {
  switch (expression.kind) {
    case 'has':
      return named(expression.key);
    case 'compare':
      return valueText(expression, patternOf) ?? named(expression.key);
    case 'not':
      return null;
    case 'and':
      return rarest(expression.of.map((each) => requiredText(each, patternOf)));
    case 'or':
      return union(expression.of.map((each) => requiredText(each, patternOf)));
  }
}

function named(key: string): readonly string[] | null {
  return unnamed.has(key) || !neverEscaped.test(key) ? null : [key];
}

/** The value, which is rarer than its key, where it stands in the line as it is typed. */
function valueText(
  comparison: Comparison,
  patternOf: (comparison: Comparison) => RegExp,
): readonly string[] | null {
  const { operator, value, key } = comparison;
  if (key === 'level' || key === 'lvl') return null;
  if (operator === '~') return patternText(patternOf(comparison));
  const isText = operator === '=' && value.length > 3 && measureOf(value) === null;
  return isText && neverEscaped.test(value) ? [value] : null;
}

/** Literals of a pattern that stand in a line as they are in the value. */
export function patternText(pattern: RegExp): readonly string[] | null {
  const literals = requiredLiterals(pattern);
  return literals?.every((literal) => neverEscaped.test(literal)) === true ? literals : null;
}

/** Of several lists the one whose shortest text is the longest. */
function rarest(lists: readonly (readonly string[] | null)[]): readonly string[] | null {
  const length = (list: readonly string[] | null) =>
    list === null ? 0 : Math.min(...list.map((text) => text.length));
  return lists.reduce((best, list) => (length(list) > length(best) ? list : best), null);
}

function union(lists: readonly (readonly string[] | null)[]): readonly string[] | null {
  const all = lists.flatMap((list) => list ?? []);
  return lists.includes(null) ? null : [...new Set(all)];
}
