import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { readJsonFile } from './read-json-file.ts';
import { writeJsonFile } from './write-json-file.ts';

describe('a JSON file of the home', () => {
  it('is read as it was written, and nobody else may read it', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'a.json');
    writeJsonFile(file, { a: [1] }, 2);
    expect(readJsonFile(file)).toEqual({ a: [1] });
    expect(readFileSync(file, 'utf8')).toBe('{\n  "a": [\n    1\n  ]\n}\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('that cannot be written is named', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'a.json');
    mkdirSync(file);
    expect(() => writeJsonFile(file, {})).toThrow(new RegExp(`^${file} cannot be written: E`));
  });
});
