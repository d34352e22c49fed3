import { temporaryDirectory } from '@wemixvisor/testkit';
import { ESLint } from 'eslint';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import tseslint from 'typescript-eslint';
import { afterAll, describe, expect, it } from 'vitest';
import { workspaceRules } from './plugin.mjs';

/** A workspace on disk with an app, a package beside it, an installed package, and aliases of each kind. */
const workspace = {
  'tsconfig.json': {
    compilerOptions: {
      module: 'nodenext',
      allowImportingTsExtensions: true,
      noEmit: true,
      paths: { '~commands/*': ['./app/src/commands/*'], '~health': ['./health/src/index.ts'] },
    },
  },
  'node_modules/got/package.json': { name: 'got', type: 'module', exports: './index.js' },
  'node_modules/got/index.js': '',
  'node_modules/@types/got/package.json': { name: '@types/got', types: 'index.d.ts' },
  'node_modules/@types/got/index.d.ts': 'export {};',
  'node_modules/@types/deep__one/package.json': { name: '@types/deep__one', types: 'index.d.ts' },
  'node_modules/@types/deep__one/index.d.ts': 'export {};',
  'health/package.json': { name: '@house/health', type: 'module' },
  'health/src/index.ts': 'export const health = 1;',
  'app/package.json': {
    name: '@house/app',
    type: 'module',
    imports: { '#commands/*': './src/commands/*', '#http': 'got' },
  },
  'app/src/commands/start.ts': 'export const start = 1;',
  'app/src/commands/old.cts': 'export const old = 1;',
  'app/src/supervisor/run.ts': 'export const run = 1;',
  'app/src/supervisor/new.mts': 'export const fresh = 1;',
  'app/src/exit-codes.ts': 'export const ok = 0;',
  'app/src/cli.ts': 'export const cli = 1;',
  'app/src/circle/a.ts': "import './b.mts';",
  'app/src/circle/b.mts': "export * from './c.cts';",
  'app/src/circle/c.cts': "export type { D } from './d.mjs';",
  'app/src/circle/d.mjs': '',
};
const folder = await temporaryDirectory();
afterAll(() => folder[Symbol.asyncDispose]());
const root = folder.path;
for (const [path, content] of Object.entries(workspace)) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

const eslint = new ESLint({
  cwd: root,
  overrideConfigFile: true,
  overrideConfig: [
    {
      files: ['**/*.{ts,mts,cts,mjs,cjs,js}'],
      languageOptions: { parser: tseslint.parser },
      plugins: { workspace: workspaceRules },
      rules: {
        'workspace/no-import-circle': 'error',
        'workspace/no-import-behind-alias': 'error',
        'workspace/folder-arrows': [
          'error',
          {
            root: join(root, 'app/src'),
            folders: { commands: ['supervisor'], supervisor: [], circle: [] },
            shared: ['exit-codes'],
            packages: { got: ['commands'] },
          },
        ],
      },
    },
  ],
});

/** What the rules say of a file with this text. */
async function messagesOf(path: string, text: string): Promise<readonly string[]> {
  const [result] = await eslint.lintText(text, { filePath: join(root, path) });
  return result?.messages.map(({ message }) => message) ?? [];
}

describe('no-import-circle', () => {
  it.each([
    ['a static import', "import '../circle/a.ts';"],
    ['a type-only import', "import type { A } from '../circle/a.ts';"],
    ['a type of an import', "export type A = import('../circle/a.ts').A;"],
    ['a dynamic import', "export const a = () => import('../circle/a.ts');"],
    ['a re-export', "export * from '../circle/a.ts';"],
  ])('refuses %s that leads back over .mts, .cts and .mjs', async (_, text) => {
    expect(await messagesOf('app/src/circle/d.mjs', text)).toEqual([
      expect.stringMatching(
        /^Import circle: \S*d\.mjs → \S*a\.ts → \S*b\.mts → \S*c\.cts → \S*d\.mjs\.$/,
      ),
    ]);
    // As it is on the disk again, for the next one.
    expect(await messagesOf('app/src/circle/d.mjs', '')).toEqual([]);
  });

  it('follows paths and package imports', async () => {
    for (const alias of ['#commands/start.ts', '~commands/start.ts']) {
      expect(await messagesOf('app/src/commands/start.ts', `import '${alias}';`)).toEqual([
        expect.stringMatching(/^Import circle/),
      ]);
    }
    expect(await messagesOf('app/src/commands/start.ts', '')).toEqual([]);
  });

  it('allows imports that end', async () => {
    expect(await messagesOf('app/src/circle/e.ts', "import './a.ts';")).toEqual([]);
  });
});

describe('no-import-behind-alias', () => {
  it.each([
    ['an npm package behind a package import', '#http', 'got'],
    ['another project behind a path alias', '~health', '@house/health'],
  ])('refuses %s', async (_, alias, name) => {
    expect(await messagesOf('app/src/commands/bad.ts', `import '${alias}';`)).toEqual([
      expect.stringContaining(`"${alias}" is an alias of ${name}`),
    ]);
  });

  it('refuses a package import that leads nowhere', async () => {
    expect(await messagesOf('app/src/commands/bad.mts', "import '#nothing';")).toEqual([
      '"#nothing" leads to no file of this package.',
    ]);
  });

  it.each(['got', 'node:fs', 'fs', '@deep/one', '~commands/start.ts', '#commands/start.ts'])(
    'allows %s',
    async (specifier) => {
      expect(await messagesOf('app/src/commands/good.ts', `import '${specifier}';`)).toEqual([]);
    },
  );
});

describe('folder-arrows', () => {
  it.each([
    ['app/src/supervisor/bad.ts', '../commands/start.ts'],
    ['app/src/supervisor/bad.mts', '../commands/start.ts'],
    ['app/src/supervisor/bad.cts', '../commands/start.ts'],
    ['app/src/supervisor/bad.mjs', '../commands/start.ts'],
    ['app/src/supervisor/bad.ts', '../commands/old.cts'],
    ['app/src/supervisor/bad.ts', '#commands/start.ts'],
    ['app/src/supervisor/bad.ts', '~commands/start.ts'],
    ['app/src/supervisor/deep/bad.ts', '../../commands/start.ts'],
    ['app/src/supervisor/bad.ts', '../cli.ts'],
  ])('refuses in %s an import of %s', async (path, specifier) => {
    expect(await messagesOf(path, `export type X = typeof import('${specifier}');`)).toEqual([
      expect.stringMatching(/^supervisor\/ may not import \S+, only exit-codes\.$/),
    ]);
  });

  it('refuses an npm package outside its folders', async () => {
    expect(await messagesOf('app/src/supervisor/bad.ts', "import 'got';")).toEqual([
      'got may be imported in commands/ only.',
    ]);
  });

  it('refuses a folder without a rule', async () => {
    expect(await messagesOf('app/src/attic/bad.ts', "import '../exit-codes.ts';")).toEqual([
      expect.stringContaining('attic/ has no rule'),
    ]);
  });

  it('allows what the arrows say, what all share, and files beside the folders', async () => {
    const text =
      "import '../supervisor/new.mts';\nimport '../exit-codes.ts';\nimport './start.ts';";
    expect(await messagesOf('app/src/commands/good.ts', text)).toEqual([]);
    expect(await messagesOf('app/src/main.ts', "import './commands/start.ts';")).toEqual([]);
    expect(await messagesOf('health/src/good.ts', "import './index.ts';")).toEqual([]);
  });
});
