/* Checks every tarball that would be published: its manifest with publint, its types with arethetypeswrong. One process for all, as loading the two takes longer than their work. */
import { readdirSync, readFileSync } from 'node:fs';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { problemKindInfo } from '@arethetypeswrong/core/problems';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** Where `nx run @wemixvisor/release:pack` puts them. */
const folder = new URL('../release/dist/', import.meta.url);
/** `require` of an ES module is not for TypeScript's node16 (for nodenext and Node it is: install-check), and nothing before Node 12 resolves its exports. */
const notPromised = ['node10', 'node16-cjs'];

for (const tarball of readdirSync(folder).sort()) {
  const faults = await faultsOf(readFileSync(new URL(tarball, folder)));
  console.log(`${tarball}: ${faults.length === 0 ? 'sound' : faults.join('\n  ')}`);
  if (faults.length > 0) process.exitCode = 1;
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
