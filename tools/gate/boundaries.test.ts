import { ESLint } from 'eslint';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
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
const oneWay = 'workspace/folder-arrows';
const circle = 'workspace/no-import-circle';
const alias = 'workspace/no-import-behind-alias';

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
    why: 'a package import leads nowhere',
    path: 'packages/health/src/bad.ts',
    source: "import '#process';",
    rule: alias,
  },
  {
    why: 'a folder has no rule',
    path: 'apps/wemixvisor/src/attic/bad.ts',
    source: "import '../exit-codes.ts';",
    rule: oneWay,
  },
  {
    why: 'the control room imports the supervisor',
    path: 'apps/wemixvisor/src/control/bad.ts',
    source: "export * from '../supervisor/run-supervisor.ts';",
    rule: oneWay,
  },
  {
    why: 'rendering imports the supervisor',
    path: 'apps/wemixvisor/src/render/bad.ts',
    source: "import { runSupervisor } from '../supervisor/run-supervisor.ts';\nvoid runSupervisor;",
    rule: oneWay,
  },
];

/** The same in files of every other ending, which a rule for `.ts` alone would not see. */
const otherEndings = ['mts', 'cts', 'mjs'].flatMap((ending) =>
  knownBad.map(({ why, path, source, rule }) => ({
    why: `${why}, in .${ending}`,
    path: path.replace(/\.ts$/, `.${ending}`),
    source,
    rule,
  })),
);

/** A file that its package's index imports, and that here imports the index. */
const [, imported = ''] = /from '\.\/(.*)'/.exec(
  readFileSync(join(root, 'packages/process/src/index.ts'), 'utf8'),
) ?? ['', ''];
const back = imported
  .split('/')
  .map((_, at) => (at === 0 ? '.' : '..'))
  .join('/')
  .replace(/^\.\/\.\./, '..');
const circles: readonly KnownBad[] = [
  ['a file imports the one that imports it', `import '${back}/index.ts';`],
  ['only types go round', `export type * from '${back}/index.ts';`],
  ['the way back is a dynamic import', `export const load = () => import('${back}/index.ts');`],
].map(([why = '', source = '']) => ({
  why,
  path: `packages/process/src/${imported}`,
  source,
  rule: circle,
}));

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

const eslint = new ESLint({ cwd: root });

async function rulesBrokenBy({ path, source }: Omit<KnownBad, 'rule' | 'why'>) {
  const [result] = await eslint.lintText(source, { filePath: join(root, path) });
  return result?.messages.map(({ ruleId, message }) => ruleId ?? message) ?? [];
}

const configOf = async (path: string) =>
  (await eslint.calculateConfigForFile(join(root, path))) as {
    readonly rules: Readonly<Record<string, readonly unknown[]>>;
  };

describe('module boundaries', () => {
  it.each([...knownBad, ...otherEndings, ...circles])(
    'refuse when $why',
    async ({ rule, ...bad }) => {
      expect(await rulesBrokenBy(bad)).toContain(rule);
    },
  );

  it.each(knownGood)('allow when $why', async (good) => {
    const broken = await rulesBrokenBy(good);
    for (const rule of [boundary, oneWay, circle, alias]) expect(broken).not.toContain(rule);
  });

  it('have a rule for each folder of the app', async () => {
    const { rules } = await configOf('apps/wemixvisor/src/main.ts');
    const [, { folders: known }] = rules[oneWay] as [number, { folders: object }];
    const folders = readdirSync(join(root, 'apps/wemixvisor/src'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    expect(folders.length).toBeGreaterThan(5);
    expect(folders.filter((name) => !Object.hasOwn(known, name))).toEqual([]);
  });

  it.each(['ts', 'mts', 'cts', 'mjs', 'cjs', 'js'])(
    'see the file behind an alias in .%s too (tools/lint/plugin.test.ts has the samples)',
    async (ending) => {
      for (const folder of [
        'packages/health/src',
        'packages/health/test',
        'apps/wemixvisor/src/control',
        'tools/gate',
      ]) {
        const { rules } = await configOf(`${folder}/any.${ending}`);
        expect(rules[alias]?.[0]).toBe(2);
        expect(rules[circle]?.[0]).toBe(2);
        expect(rules[boundary]?.[0]).toBe(2);
      }
    },
  );
});
