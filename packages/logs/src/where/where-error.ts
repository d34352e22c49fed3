import { LogsError } from '../errors.ts';

/** The error of an expression: what is wrong, and the expression with a caret under the place. */
export function whereError(text: string, at: number, reason: string): LogsError {
  const line = text.replaceAll(/\p{Cc}/gu, ' ');
  return new LogsError('BAD_EXPRESSION', `--where: ${reason}\n  ${line}\n  ${' '.repeat(at)}^`);
}
