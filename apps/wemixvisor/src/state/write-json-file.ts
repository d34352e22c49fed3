import writeFileAtomic from 'write-file-atomic';
import { messageOf } from '../app-error.ts';

/** Writes a JSON file for its owner only (0600), whole and on the disk when it returns; an error names the file. */
export function writeJsonFile(file: string, value: object, indent?: number): void {
  try {
    writeFileAtomic.sync(file, `${JSON.stringify(value, null, indent)}\n`, { mode: 0o600 });
  } catch (error) {
    throw new Error(`${file} cannot be written: ${messageOf(error)}`, { cause: error });
  }
}
