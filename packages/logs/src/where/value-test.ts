import type { LogsError } from '../errors.ts';
import type { Comparison } from './expression.ts';
import { measureOf, readMeasure, type Measure } from './measure.ts';
import { whereError } from './where-error.ts';

/** Whether the bytes of a value fit. */
export type ValueTest = (bytes: Buffer, from: number, to: number) => boolean;

const measure: Measure = { kind: 'number', value: 0 };

/** Compares by what the values measure; where one of them measures nothing, by their bytes, which can only be equal or not. */
export function valueTest(text: string, comparison: Comparison): ValueTest {
  const { operator } = comparison;
  const wanted = measureOf(comparison.value);
  const exact = Buffer.from(comparison.value);
  const isOrder = operator !== '=' && operator !== '!=';
  if (isOrder && wanted === null) throw noOrder(text, comparison);
  const fits = fitting(operator);
  return (bytes, from, to) => {
    if (wanted !== null && readMeasure(bytes, from, to, measure)) {
      // 0 is 0 of everything.
      const isSame =
        wanted.kind === measure.kind || (wanted.kind === 'number' && wanted.value === 0);
      if (isSame) return fits(measure.value - wanted.value);
    }
    if (isOrder) return false;
    const isEqual = to - from === exact.length && exact.compare(bytes, from, to) === 0;
    return isEqual === (operator === '=');
  };
}

/** Whether a difference is what an operator asks for. */
export function fitting(operator: Comparison['operator']): (difference: number) => boolean {
  switch (operator) {
    case '<':
      return (difference) => difference < 0;
    case '<=':
      return (difference) => difference <= 0;
    case '>':
      return (difference) => difference > 0;
    case '>=':
      return (difference) => difference >= 0;
    case '=':
      return (difference) => difference === 0;
    case '!=':
    case '~':
    case '!~':
      return (difference) => difference !== 0;
  }
}

/** The error of a comparison of what has no order. */
export function noOrder(text: string, { operator, value: given, valueAt }: Comparison): LogsError {
  const reason = `${operator} compares numbers (24000000), durations (200ms) and sizes (3GiB), and "${given}" is none`;
  return whereError(text, valueAt, reason);
}
