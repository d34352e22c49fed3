/* `npm run release`: a version for all that is published and its changelog, as one commit with a tag. CI publishes what has the tag. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { releaseChangelog, releaseVersion } from 'nx/release';
import { readManifest, root, tarballs } from './published.mjs';
import { missingRepository, readWords, usage } from './release-words.mjs';

const words = readWords(process.argv.slice(2));
if (words === undefined) fail(usage);
const { specifier, dryRun } = words;

const refusal = missingRepository(readManifest()) ?? uncommittedChanges() ?? releasedBefore();
if (refusal !== undefined && !dryRun) fail(refusal);

const { workspaceVersion: version, projectsVersionData: versionData } = await releaseVersion({
  ...(specifier !== undefined && { specifier }),
  dryRun,
  gitCommit: false,
  gitTag: false,
});
if (typeof version === 'string') {
  await releaseChangelog({ version, versionData, dryRun, gitCommit: true, gitTag: true });
} else {
  const nothing =
    'No commit since the last release says feat, fix or perf. Name the version: npm run release -- VERSION';
  if (!dryRun) fail(nothing);
  console.log(nothing);
}

if (dryRun) {
  run(join(root, 'node_modules/.bin/nx'), 'run', '@wemixvisor/release:pack');
  run(process.execPath, 'tools/release/publish.mjs', tarballs, '--dry-run');
  if (refusal !== undefined) console.log(`\nWithout --dry-run this is refused now: ${refusal}`);
} else {
  console.log(`\nv${version} is committed and tagged. To publish it: git push --follow-tags`);
}

function uncommittedChanges() {
  const changes = git('status', '--porcelain');
  return changes === '' ? undefined : `There are changes that are not committed:\n${changes}`;
}

function releasedBefore() {
  if (specifier === undefined || git('tag', '--list', `v${specifier}`) === '') return undefined;
  return `v${specifier} is tagged already: a version is released once.`;
}

/** @param {string[]} args */
function git(...args) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8' });
}

/** @param {string} program @param {string[]} args */
function run(program, ...args) {
  execFileSync(program, args, { cwd: root, stdio: 'inherit' });
}

/** @param {string} why @returns {never} */
function fail(why) {
  console.error(why);
  process.exit(1);
}
