import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';

const inRoot = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** A file, and the rules that must refuse it: one that knows types, one of TypeScript, one of the language. */
const knownBad: Readonly<Record<string, readonly [source: string, ...rules: string[]]>> = {
  'promise.ts': [
    'export function begin(): void {\n  Promise.resolve(1);\n}\n',
    'typescript(no-floating-promises)',
  ],
  'any.mts': ['export const anything: any = 1;\n', 'typescript(no-explicit-any)'],
  'screen.ts': ["console.log('shown');\n", 'eslint(no-console)'],
  'unused.mjs': ['const unused = 1;\n', 'eslint(no-unused-vars)'],
  'good.ts': ["export const good = await Promise.resolve('good');\n"],
};

interface Finding {
  readonly code: string;
  readonly filename: string;
}

/** What the linter of the language says of a folder, under the settings of the workspace. */
function lint(folder: string): Promise<readonly Finding[]> {
  const words = [inRoot('node_modules/oxlint/bin/oxlint'), '-c', inRoot('.oxlintrc.json')];
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...words, '--format', 'json', folder],
      { cwd: inRoot('') },
      (error, stdout, stderr) => {
        // It ends with 1 where it found something.
        if (error !== null && error.code !== 1) reject(new Error(stderr || stdout));
        else resolve((JSON.parse(stdout) as { diagnostics: readonly Finding[] }).diagnostics);
      },
    );
  });
}

describe('the rules of the language', () => {
  it('refuse what each kind of them has to see, and nothing else', async () => {
    await using folder = await temporaryDirectory();
    writeFileSync(
      join(folder.path, 'tsconfig.json'),
      JSON.stringify({
        extends: inRoot('tsconfig.base.json'),
        compilerOptions: { types: [], lib: ['ES2023', 'DOM'] },
        include: ['*'],
      }),
    );
    for (const [name, [source]] of Object.entries(knownBad)) {
      writeFileSync(join(folder.path, name), source);
    }
    const found = await lint(folder.path);
    for (const [name, [, ...rules]] of Object.entries(knownBad)) {
      const broken = found.filter(({ filename }) => filename.endsWith(name));
      expect({ name, rules: broken.map(({ code }) => code) }).toEqual({ name, rules });
    }
  });
});
