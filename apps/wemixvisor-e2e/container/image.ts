import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { buildah, imageOf, release } from '../harness/image.ts';

/** An image that was built, as its root folder is mounted. */
export interface Image extends AsyncDisposable {
  readonly root: string;
  /** The command of its health check. */
  readonly healthCheck: readonly string[];
}

/** What is missing here to build an image on a root folder and to run it; null where nothing is. */
export function obstacle(root: string | undefined): string | null {
  if (process.getuid?.() !== 0) return 'needs root';
  for (const program of ['buildah', 'dpkg-deb', 'systemd-nspawn', 'nsenter']) {
    if (spawnSync(program, ['--version']).error !== undefined) return `needs ${program}`;
  }
  if (root !== undefined && existsSync(join(root, 'usr/bin/bash'))) return null;
  return 'needs the root folder of a Debian, as from: debootstrap --variant=minbase bookworm DIR';
}

/** Builds the image of the Containerfile, with the Debian of a root folder as its base. */
export async function buildImage(origin: string): Promise<Image> {
  await using folder = await temporaryDirectory('wv-executable-');
  const executable = join(folder.path, 'wemixvisor');
  release('build-executable.mjs', executable);
  const scratch = buildah('from', 'scratch');
  buildah('copy', '--quiet', scratch, origin, '/');
  const base = buildah('commit', '--quiet', '--rm', scratch);
  const image = await imageOf(executable, base);
  const container = buildah('from', image);
  const { Docker } = JSON.parse(buildah('inspect', '--type', 'image', image)) as {
    readonly Docker: { readonly config: { readonly Healthcheck: { readonly Test: string[] } } };
  };
  const [, ...command] = Docker.config.Healthcheck.Test;
  return {
    root: buildah('mount', container),
    healthCheck: ['/bin/sh', '-c', ...command],
    [Symbol.asyncDispose]() {
      buildah('rm', container);
      buildah('rmi', image);
      buildah('rmi', base);
      return Promise.resolve();
    },
  };
}
