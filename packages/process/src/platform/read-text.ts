import { readFileSync } from 'node:fs';

/** The text of a file; undefined where it has gone or may not be read. */
export function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
