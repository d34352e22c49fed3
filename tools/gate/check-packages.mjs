/* Checks every tarball that would be published: its manifest with publint, its types with arethetypeswrong. One process for all, as loading the two takes longer than their work. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { problemKindInfo } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const pnpm = fileURLToPath(new URL('../pnpm.mjs', import.meta.url));
/** Nobody can `require` a package that is ES modules alone, and nothing before Node 12 resolves its exports. */
const notPromised = ['node10', 'node16-cjs'];

const folder = mkdtempSync(join(tmpdir(), 'wemixvisor-pack-'));
try {
  pack(folder);
  const tarballs = readdirSync(folder).sort();
  if (tarballs.length === 0) throw new Error('pnpm pack wrote no tarball');
  for (const tarball of tarballs) {
    const faults = await faultsOf(readFileSync(join(folder, tarball)));
    console.log(`${tarball}: ${faults.length === 0 ? 'sound' : faults.join('\n  ')}`);
    if (faults.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} destination */
function pack(destination) {
  const published = ['--filter', './packages/*', '--filter', 'wemixvisor'];
  const words = ['--silent', '-r', ...published, 'pack', '--pack-destination', destination];
  execFileSync(process.execPath, [pnpm, ...words], { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** @param {Buffer} tarball */
async function faultsOf(tarball) {
  const { pkg, messages } = await publint({
    pack: { tarball: Uint8Array.from(tarball).buffer },
    strict: true,
  });
  const packed = createPackageFromTarballData(new Uint8Array(tarball));
  const result = await checkPackage(packed);
  // A source map tells nothing without the sources, which are not published.
  const maps = packed.listFiles().filter((file) => file.endsWith('.map'));
  const faults = [
    ...messages.map((message) => String(formatMessage(message, pkg, { color: false }))),
    ...maps.map((file) => `${file} is a source map`),
  ];
  // The program needs no types: it has no exports, so nobody imports it.
  if (result.types === false) return pkg.exports === undefined ? faults : [...faults, 'no types'];
  const wrongTypes = result.problems.filter(
    (problem) => !('resolutionKind' in problem) || !notPromised.includes(problem.resolutionKind),
  );
  return [
    ...faults,
    ...wrongTypes.map(
      (problem) => `${problemKindInfo[problem.kind].title}: ${JSON.stringify(problem)}`,
    ),
  ];
}
