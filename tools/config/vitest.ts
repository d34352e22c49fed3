import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type ViteUserConfig } from 'vitest/config';
import { workerCodeInTests } from './worker-code.ts';

/** Coverage thresholds of one project, in percent. */
export interface Thresholds {
  readonly statements: number;
  readonly branches: number;
  readonly functions: number;
  readonly lines: number;
}

/** The same percentage for statements, branches, functions and lines. */
export function atLeast(percent: number): Thresholds {
  return { statements: percent, branches: percent, functions: percent, lines: percent };
}

/** What failed is told from there at the end of a run of many projects (`tools/gate/tell-failures.mjs`). */
const results = fileURLToPath(new URL('../../.nx/test-results/', import.meta.url));

/** The test settings that every project shares; what differs is the coverage it promises. */
export function projectTests(
  thresholds: Thresholds,
  overrides: ViteUserConfig['test'] = {},
): ViteUserConfig {
  return defineConfig({
    plugins: [workerCodeInTests],
    ssr: { resolve: { conditions: ['@wemixvisor/source', 'module', 'node', 'import'] } },
    test: {
      include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
      reporters: ['default', ['json', { outputFile: `${results}${basename(process.cwd())}.json` }]],
      // More than any wait within a test, which then says what it waited for.
      testTimeout: 60_000,
      hookTimeout: 60_000,
      // The files of a worker share what it has loaded: a process of its own for each file costs more than its tests.
      isolate: false,
      // clipanion's main has no extension; Node refuses the directory import inside it.
      server: { deps: { inline: ['clipanion'] } },
      coverage: {
        provider: 'v8',
        include: ['src/**/*.ts'],
        exclude: ['src/**/*.test.ts', 'src/**/*.generated.ts', 'src/index.ts'],
        reporter: ['text-summary', 'json-summary', 'json'],
        thresholds,
      },
      ...overrides,
    },
  });
}
