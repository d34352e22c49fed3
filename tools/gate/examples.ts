import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** An example in the documentation of a source file. */
export interface Example {
  /** The source file. */
  readonly file: string;
  /** Its line in that file, from 1. */
  readonly line: number;
  readonly code: string;
}

/** The examples of a source file's documentation: what follows `@example`, up to the next tag. */
export function examplesIn(file: string): readonly Example[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/^ *\/\*\*.*?\*\//gms)].flatMap(({ 0: comment, index }) => {
    const text = comment.replaceAll(/^ *(\/\*\*|\*\/|\*) ?/gm, '').replace(/ *\*\/$/, '');
    return [...text.matchAll(/^@example\s(.*?)(?=^@|(?![^]))/gms)].map((found) => {
      const before = source.slice(0, index) + text.slice(0, found.index);
      const code = (found[1] ?? '').replaceAll(/^```\w*$/gm, '');
      return { file, line: before.split('\n').length, code };
    });
  });
}

/** The source files of a package. */
export function sourcesOf(folder: string): readonly string[] {
  return readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.test|\.generated)\.ts$/.test(name))
    .map((name) => join(folder, 'src', name));
}

/** The names that a source file exports itself. */
export function namesExportedBy(file: string): readonly string[] {
  const declared = /^export (?:async )?(?:function\*?|const|class|\* as) (\w+)/gm;
  const found = readFileSync(file, 'utf8').matchAll(declared);
  // A function with overloads is declared several times.
  return [...new Set([...found].map(([, name = '']) => name))];
}
