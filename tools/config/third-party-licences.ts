import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Options } from 'tsup';

/** A package of somebody else in a bundle. */
interface Bundled {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** The package that a bundled file belongs to: what follows the last `node_modules`. */
const packageFolder = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/**
 * Writes the licences of all that a program has in its bundle from others into one file, as these licences ask for. Several builds of one
 * program add to the same file.
 *
 * @throws Error for a package without a licence of its own: nobody may publish it.
 */
export function thirdPartyLicences(file: string): NonNullable<Options['esbuildPlugins']>[number] {
  const found = new Map<string, Bundled>();
  return {
    name: 'third-party-licences',
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        for (const input of Object.keys(metafile?.inputs ?? {})) {
          const [folder] = packageFolder.exec(resolve(input)) ?? [];
          if (folder !== undefined && !found.has(folder)) found.set(folder, bundledIn(folder));
        }
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, textOf([...found.values()]));
      });
    },
  };
}

function bundledIn(folder: string): Bundled {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as Readonly<Record<'name' | 'version' | 'license', string>>;
  const own = readdirSync(folder).find((each) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(each));
  const said = existsSync(join(folder, 'README.md'))
    ? /^#+ licen[cs]e\b[\s\S]*/im.exec(readFileSync(join(folder, 'README.md'), 'utf8'))?.[0]
    : undefined;
  const text = own === undefined ? said : readFileSync(join(folder, own), 'utf8');
  if (text === undefined) throw new Error(`${name}@${version} in the bundle has no licence`);
  return { name, version, license, text };
}

const line = '-'.repeat(78);

function textOf(packages: readonly Bundled[]): string {
  const parts = packages
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
    .map(
      ({ name, version, license, text }) =>
        `${line}\n${name} ${version} (${license})\n\n${text.trim()}\n`,
    );
  return `This program contains the following packages.\n\n${parts.join('\n')}`;
}
