import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';

/** A list that outlives a supervisor. */
export interface Memory<T> {
  recall(): readonly T[];
  /** Writes the file, readable by its owner only. Throws where that fails. */
  keep(items: readonly T[]): void;
}

/** The memory in a file, as the list of a name; one that is missing or damaged is an empty one. */
export function rememberedList<T>(
  file: string,
  name: string,
  isItem: (value: unknown) => value is T,
): Memory<T> {
  return {
    recall() {
      try {
        const { [name]: items } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
        return Array.isArray(items) ? items.filter(isItem) : [];
      } catch {
        return [];
      }
    },
    keep(items) {
      writeFileAtomic.sync(file, `${JSON.stringify({ schema: 1, [name]: items })}\n`, {
        mode: 0o600,
      });
    },
  };
}

/** The last moment that a Date can hold. */
const endOfTime = 8.64e15;

/** Whether a value is a moment in epoch milliseconds. */
export const isTime = (value: unknown): boolean =>
  typeof value === 'number' && value >= 0 && value <= endOfTime;
