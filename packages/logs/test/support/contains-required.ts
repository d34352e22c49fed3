import { findRun } from '../../src/read/search/find-run.ts';
import type { Required } from '../../src/read/search/required.ts';

/** Whether a text contains what is required. */
export function containsRequired(text: string, required: Required): boolean {
  if ('all' in required) return required.all.every((each) => containsRequired(text, each));
  if ('any' in required) return required.any.some((each) => containsRequired(text, each));
  if ('run' in required) return findRun(required, Buffer.from(text), 0) >= 0;
  const { text: part, ignoreCase = false } = required;
  return ignoreCase ? text.toLowerCase().includes(part.toLowerCase()) : text.includes(part);
}
