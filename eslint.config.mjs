import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/**
 * Which npm packages the published source of a project may import. What is not listed here is refused,
 * so that got stays in health, execa in process and pino in the app.
 */
const externals = {
  process: ['execa'],
  passthrough: ['smol-toml', 'fastest-levenshtein'],
  health: ['got'],
  logs: [],
  alerts: ['write-file-atomic'],
  preflight: [],
  wemixvisor: [
    'clipanion',
    'fastest-levenshtein',
    'parse-duration',
    'pino',
    'pretty-ms',
    'smol-toml',
    'typanion',
    'write-file-atomic',
  ],
};
const forTests = ['vitest', 'fast-check', 'typescript', 'ajv', 'ajv/*', 'ajv-formats'];

const boundaries = (/** @type {{ inTests: boolean }} */ { inTests }) => [
  'error',
  {
    allow: [],
    // A command loads what it needs when it runs; the supervisor needs the same at once.
    checkDynamicDependenciesExceptions: ['.*'],
    depConstraints: [
      { sourceTag: 'type:package', onlyDependOnLibsWithTags: inTests ? ['type:testing'] : [] },
      {
        sourceTag: 'type:app',
        onlyDependOnLibsWithTags: inTests ? ['type:package', 'type:testing'] : ['type:package'],
      },
      { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:testing', 'type:package'] },
      { sourceTag: 'type:testing', onlyDependOnLibsWithTags: [] },
      {
        sourceTag: 'type:tool',
        onlyDependOnLibsWithTags: ['type:package', 'type:testing', 'type:tool'],
      },
      ...Object.entries(externals).map(([scope, allowed]) => ({
        sourceTag: `scope:${scope}`,
        allowedExternalImports: inTests ? [...allowed, ...forTests] : allowed,
      })),
    ],
  },
];

/** Inside the app the arrows point one way: main → cli → commands → {supervisor, control, config, render}. */
const folderMayNotImport = (/** @type {string} */ folder, /** @type {string[]} */ patterns) => ({
  files: [`apps/wemixvisor/src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `(^|/)(${patterns.join('|')})(/|\\.ts$|$)`,
            message: `${folder}/ stands below it: main → cli → commands → {supervisor, control, config, render} → packages.`,
          },
        ],
      },
    ],
  },
});

export default tseslint.config(
  {
    ignores: ['**/dist/**', '**/coverage/**', '**/node_modules/**', '.nx/**', '**/*.generated.ts'],
  },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        console: 'readonly',
        process: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
      },
    },
  },
  {
    files: ['**/*.test.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off', // vitest's expect.any() is typed any
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['packages/*/src/**/*.ts', 'apps/*/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': boundaries({ inTests: false }) },
  },
  {
    files: [
      'packages/*/**/*.test.ts',
      'packages/*/test/**/*.ts',
      'apps/**/*.test.ts',
      'apps/*/test/**/*.ts',
      'tools/*/**/*.ts',
    ],
    ignores: ['tools/config/**', '**/*.config.ts'],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': boundaries({ inTests: true }) },
  },
  folderMayNotImport('commands', ['cli', 'main']),
  ...['supervisor', 'control', 'state', 'report', 'settings', 'render'].map((folder) =>
    folderMayNotImport(folder, [
      'clipanion',
      'commands',
      'cli',
      'main',
      ...['supervisor', 'render'].filter((other) => other !== folder),
    ]),
  ),
);
