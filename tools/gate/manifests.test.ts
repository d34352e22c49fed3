import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name));

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly keywords?: readonly string[];
  readonly author?: string;
  readonly license?: string;
  readonly engines?: { readonly node?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly nx?: { readonly targets?: Readonly<Record<string, object>> };
}

const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
const { version } = manifestOf('apps/wemixvisor');

describe.each([...packages, 'apps/wemixvisor'])('what is published from %s', (folder) => {
  const manifest = manifestOf(folder);

  it('says what it is, of whom and under which licence', () => {
    expect(manifest).toMatchObject({
      version,
      license: 'Apache-2.0',
      author: 'The wemixvisor authors',
      engines: { node: '>=20.19' },
    });
    expect(manifest.keywords?.length).toBeGreaterThan(3);
  });

  it('is tested and built', () => {
    expect(Object.keys(manifest.nx?.targets ?? {})).toEqual(
      expect.arrayContaining(['test', 'build']),
    );
  });

  it('leaves the choice of a dependency to who installs it, within its major version', () => {
    for (const range of Object.values(manifest.dependencies ?? {})) {
      expect(range).toMatch(/^\^\d+\.\d+\.\d+$/);
    }
  });
});

it.each(packages)('the README of %s begins with how it is installed and an example', (folder) => {
  const readme = readFileSync(join(root, folder, 'README.md'), 'utf8');
  const { name } = manifestOf(folder);
  const blocks = [...readme.matchAll(/^```(\w+)[^\n]*\n([\s\S]*?)^```/gm)];
  const [[, , install = ''] = [], [, language = ''] = []] = blocks;
  expect(install).toBe(`npm install ${name}\n`);
  expect(['js', 'ts', 'toml']).toContain(language);
});

it.each([...packages, 'apps/wemixvisor'])(
  'the README of %s links to nothing outside of what is published',
  (folder) => {
    const readme = readFileSync(join(root, folder, 'README.md'), 'utf8');
    const links = [...readme.matchAll(/\]\((?!https?:|#)([^)\s]+)\)/g)].map(([, link]) => link);
    expect(links.filter((link) => link?.startsWith('.') === true || link?.includes('/'))).toEqual(
      [],
    );
  },
);

it('the program carries the licences of all that is in its bundle', () => {
  const text = readFileSync(join(root, 'apps/wemixvisor/dist/THIRD-PARTY-LICENCES.txt'), 'utf8');
  const heads = [...text.matchAll(/^-{78}\n(\S+) (\S+) \((.+)\)$/gm)].map(([, name]) => name);
  // What packages depend on, and what that depends on in turn.
  for (const name of ['clipanion', 'got', 'pino', 'sonic-boom', 'smol-toml']) {
    expect(heads).toContain(name);
  }
  expect(heads.filter((name) => name?.startsWith('@wemixvisor/'))).toEqual([]);
  expect(text.split(/permission is hereby granted|redistribution and use/i).length).toBeGreaterThan(
    heads.length * 0.8,
  );
});
