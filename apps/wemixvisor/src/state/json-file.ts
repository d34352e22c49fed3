import { readFileSync, statSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { messageOf } from '../app-error.ts';

/** Reads a JSON file of the home; throws for any other. A named pipe in its place would hold up every command. */
export function readJsonFile(file: string): unknown {
  if (!statSync(file).isFile()) throw new Error('it is no regular file');
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Writes a JSON file for its owner only (0600), whole and on the disk when it returns; an error names the file. */
export function writeJsonFile(file: string, value: object, indent?: number): void {
  try {
    writeFileAtomic.sync(file, `${JSON.stringify(value, null, indent)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new Error(`${file} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}
