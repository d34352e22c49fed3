import { ESLint } from 'eslint';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A file that does not exist, what it would import, and the rule that must refuse it. */
interface KnownBad {
  readonly why: string;
  readonly path: string;
  readonly source: string;
  readonly rule: string;
}

const boundary = '@nx/enforce-module-boundaries';
const oneWay = 'no-restricted-imports';

const knownBad: readonly KnownBad[] = [
  {
    why: 'a package imports another package',
    path: 'packages/health/src/bad.ts',
    source: "import { supervise } from '@wemixvisor/process';\nvoid supervise;",
    rule: boundary,
  },
  {
    why: 'a package imports another package by its path',
    path: 'packages/logs/src/bad.ts',
    source: "import { supervise } from '../../process/src/index.ts';\nvoid supervise;",
    rule: boundary,
  },
  {
    why: 'a package imports the testkit in published source',
    path: 'packages/logs/src/bad.ts',
    source: "import { waitFor } from '@wemixvisor/testkit';\nvoid waitFor;",
    rule: boundary,
  },
  {
    why: 'got is imported outside health',
    path: 'apps/wemixvisor/src/supervisor/bad.ts',
    source: "import got from 'got';\nvoid got;",
    rule: boundary,
  },
  {
    why: 'execa is imported outside process',
    path: 'apps/wemixvisor/src/commands/bad.ts',
    source: "import { execa } from 'execa';\nvoid execa;",
    rule: boundary,
  },
  {
    why: 'pino is imported outside the app',
    path: 'packages/process/src/bad.ts',
    source: "import { pino } from 'pino';\nvoid pino;",
    rule: boundary,
  },
  {
    why: 'the supervisor imports a command',
    path: 'apps/wemixvisor/src/supervisor/bad.ts',
    source: "import { StartCommand } from '../commands/start.ts';\nvoid StartCommand;",
    rule: oneWay,
  },
  {
    why: 'the supervisor imports clipanion',
    path: 'apps/wemixvisor/src/supervisor/bad.ts',
    source: "import { Command } from 'clipanion';\nvoid Command;",
    rule: oneWay,
  },
  {
    why: 'a command imports the cli that lists it',
    path: 'apps/wemixvisor/src/commands/bad.ts',
    source: "import { createCli } from '../cli.ts';\nvoid createCli;",
    rule: oneWay,
  },
  {
    why: 'rendering imports the supervisor',
    path: 'apps/wemixvisor/src/render/bad.ts',
    source: "import { runSupervisor } from '../supervisor/run-supervisor.ts';\nvoid runSupervisor;",
    rule: oneWay,
  },
];

const knownGood: readonly Omit<KnownBad, 'rule'>[] = [
  {
    why: 'the app imports a package',
    path: 'apps/wemixvisor/src/supervisor/good.ts',
    source: "import { supervise } from '@wemixvisor/process';\nvoid supervise;",
  },
  {
    why: 'health imports got',
    path: 'packages/health/src/good.ts',
    source: "import got from 'got';\nvoid got;",
  },
  {
    why: "a package's test imports the testkit",
    path: 'packages/logs/test/good.int.test.ts',
    source: "import { waitFor } from '@wemixvisor/testkit';\nvoid waitFor;",
  },
];

// The files do not exist, so no TypeScript project holds them; the boundary rules need no types.
const eslint = new ESLint({
  cwd: root,
  overrideConfig: [
    { ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] },
    {
      files: ['**/*.ts'],
      languageOptions: { parserOptions: { projectService: false, project: false } },
    },
  ] as ESLint.Options['overrideConfig'] & object,
});

async function rulesBrokenBy({ path, source }: Omit<KnownBad, 'rule' | 'why'>) {
  const [result] = await eslint.lintText(source, { filePath: join(root, path) });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? [];
}

describe('module boundaries', () => {
  it.each(knownBad)('refuse when $why', async ({ rule, ...bad }) => {
    expect(await rulesBrokenBy(bad)).toContain(rule);
  });

  it.each(knownGood)('allow when $why', async (good) => {
    const broken = await rulesBrokenBy(good);
    expect(broken).not.toContain(boundary);
    expect(broken).not.toContain(oneWay);
  });
});
