/*
 * `node tools/release/publish.mjs FOLDER [--provenance] [--dry-run]`: publishes the tarballs of a folder, the very bytes that were
 * checked. What npm has already is left out, so that a release which broke off can be run again.
 */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { packages, program, readManifest } from './published.mjs';
import { missingRepository } from './release-words.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { provenance: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
});
const [folder] = positionals;
if (folder === undefined) throw new Error('which folder has the tarballs?');
const refusal = missingRepository(readManifest());
if (refusal !== undefined && values['dry-run'] !== true) throw new Error(refusal);

const switches = Object.keys(values).map((name) => `--${name}`);
for (const each of [...packages, program]) {
  if (isPublished(each)) console.log(`${each.name} ${each.version} is published already`);
  else publish(each);
}

/** @param {typeof program} published */
function isPublished({ name, version }) {
  const { status, stdout, stderr } = npm(['view', `${name}@${version}`, 'version'], 'pipe');
  if (status === 0) return stdout.trim() !== '';
  if (/\bE404\b/.test(stderr)) return false;
  throw new Error(stderr);
}

/** @param {typeof program} published */
function publish({ name, version, tarball }) {
  // What npm installs when nobody names a version is never a prerelease.
  const tag = version.includes('-') ? 'next' : 'latest';
  const file = join(resolve(folder ?? ''), tarball);
  const words = [
    'publish',
    file,
    '--access',
    'public',
    '--tag',
    tag,
    '--loglevel',
    'warn',
    ...switches,
  ];
  const { status } = npm(words, 'inherit');
  if (status !== 0) throw new Error(`${name} ${version} was not published`);
}

/** @param {string[]} words @param {'pipe' | 'inherit'} stdio */
function npm(words, stdio) {
  return spawnSync('npm', words, { encoding: 'utf8', stdio });
}
