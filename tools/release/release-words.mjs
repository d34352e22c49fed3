import { parseArgs } from 'node:util';
import { repositoryOf } from './published-manifest.mjs';

export const usage = `npm run release -- [VERSION] [--dry-run]
  VERSION    as 0.5.0, or patch, minor, major; without it what the commits since the last release ask for
  --dry-run  show what would be changed and published, and change nothing`;

/**
 * @param {string[]} args
 * @returns {{ readonly specifier: string | undefined, readonly dryRun: boolean } | undefined} undefined when they cannot be understood
 */
export function readWords(args) {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { 'dry-run': { type: 'boolean', default: false } },
    });
    const [specifier] = positionals;
    const understood =
      specifier === undefined || /^(\d+\.\d+\.\d+(-[\w.-]+)?|patch|minor|major)$/.test(specifier);
    return understood && positionals.length < 2
      ? { specifier, dryRun: values['dry-run'] }
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * What is told to who would publish while nobody knows where the source is.
 *
 * @param {Readonly<Record<string, any>>} workspace its manifest
 * @returns {string | undefined}
 */
export function missingRepository(workspace) {
  if (repositoryOf(workspace) !== undefined) return undefined;
  return 'package.json of the workspace has no "repository": write there where the source is, as https://github.com/OWNER/NAME. npm compares it with the repository that publishes, and each package gets its own from it.';
}
