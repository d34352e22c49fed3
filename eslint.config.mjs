import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import { workspaceRules } from './tools/lint/plugin.mjs';

/**
 * Which npm packages the published source of a project may import. What is not listed here is refused,
 * so that got stays in health, execa in process and pino in the app.
 */
const externals = {
  process: ['write-file-atomic'],
  passthrough: ['smol-toml', 'damerau-levenshtein', 'path-browserify'],
  health: ['got'],
  logs: [],
  metrics: ['prom-client'],
  upgrade: [],
  alerts: ['write-file-atomic'],
  preflight: [],
  completion: [],
  dashboard: ['ansi-escapes', 'pretty-ms', 'slice-ansi', 'string-width', 'wrap-ansi'],
  'config-file': ['damerau-levenshtein', 'parse-duration', 'pretty-ms', 'smol-toml'],
  diagnosis: [],
  forks: ['@noble/hashes', '@noble/hashes/*', '@noble/secp256k1'],
  gwemix: [],
  'service-files': [],
  'time-series': [],
  'unix-http': ['damerau-levenshtein'],
  wemixvisor: [
    'clipanion',
    'modern-tar',
    'pino',
    'pretty-ms',
    'string-width',
    'typanion',
    'write-file-atomic',
  ],
};
const forTests = [
  'vitest',
  'rolldown',
  'fast-check',
  'smol-toml',
  'typescript',
  'ajv',
  'ajv/*',
  'ajv-formats',
  '@lydell/node-pty',
  '@xterm/headless',
];

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

/**
 * Inside the app the arrows point one way: main → cli → help → commands → {progress, supervisor, control, render} →
 * {state, report} → settings → packages. Each folder, and the others that it may import; a folder that is not here is refused.
 */
const appArrows = {
  root: `${import.meta.dirname}/apps/wemixvisor/src`,
  folders: {
    help: ['commands', 'settings'],
    commands: ['control', 'progress', 'render', 'report', 'settings', 'state', 'supervisor'],
    progress: ['control', 'render', 'report', 'settings', 'state'],
    supervisor: ['control', 'report', 'settings', 'state'],
    control: ['report', 'settings', 'state'],
    render: ['report', 'settings'],
    state: ['report', 'settings'],
    report: ['settings'],
    settings: [],
  },
  // The files beside the folders that every folder may import: none of them is main or cli.
  shared: [
    'app-error',
    'command-definition',
    'context',
    'exit-codes',
    'parse-command-line',
    'program-output',
    'trace',
    'version',
  ],
  packages: { clipanion: ['commands', 'help'] },
};

/** Every ending of a module: a rule for `.ts` alone is walked around with another one. */
const endings = '{ts,mts,cts,mjs,cjs,js}';
const modules = `*.${endings}`;
const typed = '*.{ts,mts,cts}';

/** Who may import whom, and how long a function may be. The rules of the language are in .oxlintrc.json. */
export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/coverage/**',
      '**/node_modules/**',
      '.nx/**',
      '**/*.generated.ts',
      'reports/**',
    ],
  },
  {
    files: [`**/${typed}`],
    languageOptions: { parser: tseslint.parser },
  },
  {
    files: [`**/${modules}`],
    plugins: { workspace: workspaceRules },
    rules: {
      'workspace/no-import-circle': 'error',
      'workspace/no-import-behind-alias': 'error',
    },
  },
  {
    files: [`apps/wemixvisor/src/**/${modules}`],
    rules: { 'workspace/folder-arrows': ['error', appArrows] },
  },
  {
    files: [`packages/*/src/**/${modules}`, `apps/*/src/**/${modules}`],
    ignores: [`**/*.test.${endings}`],
    plugins: { '@nx': nx },
    rules: {
      '@nx/enforce-module-boundaries': boundaries({ inTests: false }),
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: [
      `packages/*/**/*.test.${endings}`,
      `packages/*/test/**/${modules}`,
      `apps/**/*.test.${endings}`,
      `apps/*/test/**/${modules}`,
      `tools/*/**/${modules}`,
    ],
    ignores: ['tools/config/**', '**/*.config.ts'],
    plugins: { '@nx': nx },
    rules: { '@nx/enforce-module-boundaries': boundaries({ inTests: true }) },
  },
);
