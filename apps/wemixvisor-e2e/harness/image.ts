import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '@wemixvisor/testkit';

const releaseFile = (name: string) =>
  fileURLToPath(new URL(`../../../tools/release/${name}`, import.meta.url));

/** Runs a program of `tools/release`. */
export function release(name: string, ...words: readonly string[]): void {
  execFileSync(process.execPath, [releaseFile(name), ...words], { stdio: 'pipe' });
}

/** Runs buildah, and gives what it prints. */
export const buildah = (...words: readonly string[]): string =>
  execFileSync('buildah', words, { encoding: 'utf8', stdio: 'pipe' }).trim();

/** Builds the image of the Containerfile with an executable, on a base image; gives its id. */
export async function imageOf(executable: string, base: string): Promise<string> {
  await using context = await temporaryDirectory('wv-image-');
  const architecture = process.arch === 'x64' ? 'amd64' : 'arm64';
  const debian = join(context.path, `wemixvisor_0_${architecture}.deb`);
  release('build-debian-package.mjs', executable, debian, 'none');
  const given = [`BASE=${base}`, `TARGETARCH=${architecture}`];
  return buildah(
    ...['bud', '--quiet', '--format', 'docker', '--isolation', 'chroot'],
    ...given.flatMap((each) => ['--build-arg', each]),
    ...['--file', releaseFile('Containerfile'), context.path],
  );
}
