import { readFileSync, statSync } from 'node:fs';

/** Reads a JSON file of the home; throws for any other. A named pipe in its place would hold up every command. */
export function readJsonFile(file: string): unknown {
  if (!statSync(file).isFile()) throw new Error('it is no regular file');
  return JSON.parse(readFileSync(file, 'utf8'));
}
