import { execFileSync, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { metricsOf, temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anvil } from '../harness/clients.ts';
import { buildah, imageOf, release } from '../harness/image.ts';
import { installation, type Status } from '../harness/installation.ts';
import { isAlive, killed } from '../harness/processes.ts';
import { isWell, until } from '../harness/until.ts';

/** On macOS it is made of the Node.js that runs this. */
const canBuild = process.platform === 'linux' || Number(process.versions.node.split('.')[0]) >= 26;
const has = (program: string) => spawnSync(program, ['--version']).status === 0;

describe.runIf(canBuild)('the single executable', () => {
  let folder: Awaited<ReturnType<typeof temporaryDirectory>>;
  let file: string;
  beforeAll(async () => {
    folder = await temporaryDirectory('wv-');
    file = join(folder.path, 'wemixvisor');
    release('build-executable.mjs', file);
  }, 300_000);
  afterAll(() => folder[Symbol.asyncDispose]());

  it('does it all where there is no Node.js', async () => {
    await using wemixvisor = await installation({ PATH: folder.path }, folder.path, [file]);
    expect(await wemixvisor.run('version', '--licences')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Node.js') as string,
    });
    const { binary, args, rpcUrl } = await anvil();
    const options = ['--binary', binary, '--rpc-url', rpcUrl, '--health-check-interval', '250ms'];
    expect(await wemixvisor.run('start', ...options, '--', ...args)).toMatchObject({ code: 0 });
    const first = await until(wemixvisor, isWell, 'a healthy client');
    expect(readlinkSync(`/proc/${first.supervisor_pid}/exe`)).toBe(realpathSync(file));

    killed(first.supervisor_pid);
    await waitFor(() => !isAlive(first.supervisor_pid));
    expect(await wemixvisor.run('start')).toMatchObject({ code: 0 });
    const second = await until(wemixvisor, isWell, 'the client, taken up again');
    expect(second).toMatchObject({ pid: first.pid, adopted: true });
    // What is loaded by the first scrape alone is in the file too.
    expect(await metricsOf(join(wemixvisor.home, 'run/control.sock'))).toContain(
      'wemixvisor_node_adopted 1',
    );

    killed(first.pid);
    const isNew = (now: Status) => now.pid !== first.pid && isWell(now);
    await until(wemixvisor, isNew, 'the client, started again');
    const { stdout } = await wemixvisor.run('logs', '--source', 'node', '-n', 'all');
    expect(stdout.split('Listening on').length).toBe(3);
    expect(await wemixvisor.run('stop')).toMatchObject({ code: 0 });
    expect(await wemixvisor.run('status')).toMatchObject({ code: 3 });
  });

  const canInstall = has('dpkg') && process.getuid?.() === 0;
  it.runIf(canInstall)('is installed by a Debian package, with a user and a unit', async () => {
    const debian = join(folder.path, 'wemixvisor.deb');
    release('build-debian-package.mjs', file, debian, 'none');
    await using root = await temporaryDirectory('wv-debian-');
    const inRoot = (name: string) => join(root.path, name);
    for (const name of ['etc', 'var/lib/dpkg/updates', 'var/lib/dpkg/info']) {
      mkdirSync(inRoot(name), { recursive: true });
    }
    for (const name of ['etc/passwd', 'etc/group', 'etc/shadow', 'etc/gshadow']) {
      writeFileSync(inRoot(name), '');
    }
    writeFileSync(inRoot('var/lib/dpkg/status'), '');
    const force = ['--force-script-chrootless', '--force-depends'];
    const dpkg = (...words: string[]) =>
      execFileSync('dpkg', [`--root=${root.path}`, ...force, ...words], { stdio: 'pipe' });
    dpkg('--install', debian);
    const [, , uid = '', gid] =
      /^wemixvisor:(.*?:)(\d+):(\d+):/m.exec(readFileSync(inRoot('etc/passwd'), 'utf8')) ?? [];
    expect(Number(uid)).toBeGreaterThan(0);
    const { mode, uid: owner, gid: group } = statSync(inRoot('var/lib/wemixvisor'));
    expect([mode & 0o777, `${owner}`, `${group}`]).toEqual([0o700, uid, gid]);
    expect(readFileSync(inRoot('usr/lib/systemd/system/wemixvisor.service'), 'utf8')).toContain(
      'ExecStart="/usr/bin/wemixvisor" "start" "--foreground" "--home" "/var/lib/wemixvisor"\n',
    );
    const shown = execFileSync(inRoot('usr/bin/wemixvisor'), ['version'], { encoding: 'utf8' });
    expect(shown).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(existsSync(inRoot('usr/share/man/man1/wemixvisor-start.1.gz'))).toBe(true);
    const completion = inRoot('usr/share/bash-completion/completions/wemixvisor');
    execFileSync('bash', ['-c', '. "$1" && complete -p wemixvisor', 'bash', completion]);

    // A home is somebody's node: neither an upgrade nor a removal touches it.
    writeFileSync(inRoot('var/lib/wemixvisor/kept'), '');
    dpkg('--install', debian);
    dpkg('--purge', 'wemixvisor');
    expect(existsSync(inRoot('usr/bin/wemixvisor'))).toBe(false);
    expect(existsSync(inRoot('var/lib/wemixvisor/kept'))).toBe(true);
  });

  /** Of this machine: a gate loads nothing but npm's. */
  const base = process.env['WEMIXVISOR_E2E_BASE_IMAGE'] ?? 'docker.io/library/debian:bookworm-slim';
  const canBuildImage =
    has('dpkg-deb') && spawnSync('buildah', ['inspect', '--type', 'image', base]).status === 0;
  const title = 'runs as a user of its own in an image of that package';
  const obstacle = `needs buildah, dpkg-deb and ${base} on this machine`;
  it.runIf(canBuildImage)(canBuildImage ? title : `${title}: ${obstacle}`, async () => {
    const image = await imageOf(file, base);
    const container = buildah('from', image);
    try {
      const run = ['run', '--isolation', 'chroot', container, '--'];
      expect(buildah(...run, 'wemixvisor', 'version')).toMatch(/^\d+\.\d+\.\d+$/);
      expect(
        buildah(...run, 'sh', '-c', 'id -u; echo "$WEMIXVISOR_HOME"; ls -ld "$WEMIXVISOR_HOME"'),
      ).toMatch(/^10001\n\/var\/lib\/wemixvisor\ndrwx------/);
      expect(buildah('inspect', '--type', 'image', image)).toContain('wemixvisor health');
    } finally {
      buildah('rm', container);
      buildah('rmi', image);
    }
  });
});
