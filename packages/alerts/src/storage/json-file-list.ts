import type { AlertPorts } from '../ports.ts';

/** A list that the next process can read. */
export interface JsonFileList<T> {
  load(): readonly T[];
  /** Writes the file. Throws where that fails. */
  save(items: readonly T[]): void;
}

/** Where a list is stored, and how its items look there. */
export interface JsonFileListOptions<T> {
  /** Null: nothing is stored. */
  readonly file: string | null;
  /** The key of the list in the file. */
  readonly name: string;
  /** Reads an item; null for one that is damaged, which is left out. */
  readonly decode: (value: unknown) => T | null;
  /** The item as it is stored. @default the item itself */
  readonly encode?: (item: T) => unknown;
}

/** A list stored in a JSON file. A file that is missing or damaged is an empty list. */
export function jsonFileList<T>(
  { file, name, decode, encode = (item) => item }: JsonFileListOptions<T>,
  ports: Pick<AlertPorts, 'readFile' | 'writeFile'>,
): JsonFileList<T> {
  return {
    load() {
      if (file === null) return [];
      try {
        const { [name]: items } = JSON.parse(ports.readFile(file)) as Record<string, unknown>;
        return Array.isArray(items) ? items.map(decode).filter((item) => item !== null) : [];
      } catch {
        return [];
      }
    },
    save(items) {
      if (file === null) return;
      const text = JSON.stringify({ schema: 1, [name]: items.map(encode) });
      ports.writeFile(file, `${text}\n`);
    },
  };
}

/** The last moment that a Date can hold. */
const endOfTime = 8.64e15;

/** Whether a value is a moment in epoch milliseconds. */
export const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value >= 0 && value <= endOfTime;
