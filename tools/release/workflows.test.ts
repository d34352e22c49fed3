import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readManifest, root } from './published.mjs';

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}
interface Job {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map((name) => ({
  name,
  workflow: parse(readFileSync(join(folder, name), 'utf8'), { strict: true }) as Workflow,
}));
const stepsOf = (workflow: Workflow) => Object.values(workflow.jobs).flatMap(({ steps }) => steps);
const scripts = Object.keys(readManifest()['scripts'] as Readonly<Record<string, string>>);

describe.each(workflows)('$name', ({ workflow }) => {
  it('uses actions of others at a commit, the same one everywhere', () => {
    const used = stepsOf(workflow).flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    const all = workflows
      .flatMap((each) => stepsOf(each.workflow))
      .flatMap(({ uses }) => uses ?? []);
    for (const action of used) {
      expect(action).toMatch(/^[\w-]+\/[\w-]+@[\da-f]{40}$/);
      const name = action.replace(/@.*/, '@');
      expect(new Set(all.filter((each) => each.startsWith(name))).size).toBe(1);
    }
  });

  it('runs scripts that are there', () => {
    const text = stepsOf(workflow)
      .map(({ run }) => run ?? '')
      .join('\n');
    for (const [, name] of text.matchAll(/\bnpm run ([\w:-]+)/g)) expect(scripts).toContain(name);
    for (const [, file = ''] of text.matchAll(/\bnode ([\w./-]+\.mjs)/g)) {
      expect(() => readFileSync(join(root, file))).not.toThrow();
    }
  });

  it('may write nothing unless a job says so', () => {
    expect(Object.values(workflow.permissions)).not.toContain('write');
  });
});

describe('release.yml', () => {
  const jobs: Workflow['jobs'] =
    workflows.find(({ name }) => name === 'release.yml')?.workflow.jobs ?? {};

  it('proves who it is to npm in the one job that publishes, which comes last', () => {
    const proving = Object.keys(jobs).filter((name) => jobs[name]?.permissions?.['id-token']);
    expect(proving).toEqual(['publish']);
    const before = ['publish', 'artefacts', 'draft', 'gate'];
    expect(before.map((name) => jobs[name]?.needs)).toEqual([...before.slice(1), undefined]);
  });

  it('begins with the whole gate', () => {
    expect(jobs['gate']?.steps.map(({ run }) => run)).toContain('.ci/run');
  });
});
