import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { entryFiles, publicNames } from './public-surface.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const packages = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name));

/**
 * Fewer names are fewer promises: every one of them is for a user outside. A type that a function takes or gives once is reached
 * through the function. 137 before what an upgrade stages and remembers left the app; 114 before forks; 110 before metrics, which have a
 * package of three names and ask the process for its open descriptors.
 */
const mostExportedNames = 142;
/**
 * The app is what joins the packages; what knows nothing of it belongs in one of them. 8000 before `events`, `ps`, `top`,
 * samples and the installed unit; 11,500 before metrics, several homes in `top` and files of exported logs; 12,100 before `forks`,
 * `upgrade`, `wemix`, TLS, settings that do not work together and the surroundings of a node.
 */
const mostAppLines = 16_200;

describe('the public surfaces', () => {
  const surfaces = packages.map((folder) => ({
    folder,
    name: folder.slice(root.length),
    names: entryFiles(folder).flatMap(publicNames),
  }));

  it(`have at most ${mostExportedNames} names together`, () => {
    const counts = surfaces.map(({ name, names }) => `${name}: ${names.length}`);
    const total = surfaces.reduce((sum, { names }) => sum + names.length, 0);
    expect(total, counts.join(', ')).toBeLessThanOrEqual(mostExportedNames);
  });

  it.each(surfaces)(
    'are described: $name, in its README and where they are declared',
    ({ folder, names }) => {
      const readme = readFileSync(join(folder, 'README.md'), 'utf8');
      const inReadme = ({ name }: { readonly name: string }) =>
        new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(readme);
      expect(names.length).toBeGreaterThan(0);
      expect(
        names.filter((each) => !inReadme(each)).map(({ name }) => name),
        'not in README.md',
      ).toEqual([]);
      expect(
        names.filter(({ hasTsdoc }) => !hasTsdoc).map(({ name }) => name),
        'without TSDoc',
      ).toEqual([]);
    },
  );
});

describe('the app', () => {
  it(`has at most ${mostAppLines} lines of source`, () => {
    const source = join(root, 'apps/wemixvisor/src');
    const lines = readdirSync(source, { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.test)\.[cm]?[jt]s$/.test(name))
      .reduce(
        (sum, name) => sum + readFileSync(join(source, name), 'utf8').split('\n').length - 1,
        0,
      );
    expect(lines).toBeGreaterThan(1000);
    expect(lines).toBeLessThanOrEqual(mostAppLines);
  });
});
