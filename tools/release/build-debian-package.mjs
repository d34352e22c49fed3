/*
 * A package for Debian, Ubuntu and their like: `node build-debian-package.mjs EXECUTABLE FILE`. It has the executable, a systemd unit that
 * repeats the last start of /var/lib/wemixvisor, completions and man pages.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const scripts = fileURLToPath(new URL('debian/', import.meta.url));
const manPages = fileURLToPath(new URL('../../apps/wemixvisor/dist/man/man1/', import.meta.url));
const home = '/var/lib/wemixvisor';
/** What Debian calls this machine. */
export const architecture = process.arch === 'x64' ? 'amd64' : process.arch;

/**
 * Needs dpkg-deb(1).
 *
 * @param {string} executable the program, as {@link import('./build-executable.mjs').buildExecutable} makes it
 * @param {string} file
 * @param {{ readonly compression?: 'xz' | 'none' }} [options] xz takes a minute, and makes a quarter of it
 */
export function buildDebianPackage(executable, file, { compression = 'xz' } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'wv-debian-'));
  try {
    const put = placer(root);
    put('usr/bin/wemixvisor', readFileSync(executable), 0o755);
    const said = (/** @type {string[]} */ ...words) =>
      execFileSync(executable, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const unit = said('service', 'systemd', '--user', 'wemixvisor', '--home', home, '--last-start');
    put(
      'usr/lib/systemd/system/wemixvisor.service',
      unit.replaceAll(executable, '/usr/bin/wemixvisor'),
    );
    put('usr/share/bash-completion/completions/wemixvisor', said('completion', 'bash'));
    put('usr/share/zsh/vendor-completions/_wemixvisor', said('completion', 'zsh'));
    put('usr/share/fish/vendor_completions.d/wemixvisor.fish', said('completion', 'fish'));
    put('usr/share/doc/wemixvisor/copyright', `${own}\n${said('version', '--licences')}`);
    for (const page of readdirSync(manPages)) {
      const text = readFileSync(join(manPages, page));
      put(`usr/share/man/man1/${page}.gz`, gzipSync(text, { level: 9 }));
    }
    put('DEBIAN/control', controlOf(said('version').trim()));
    for (const name of readdirSync(scripts)) {
      put(`DEBIAN/${name}`, readFileSync(join(scripts, name)), 0o755);
    }
    execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', root, file], {
      stdio: 'ignore',
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const own = `wemixvisor is licensed under the Apache License, Version 2.0, which is in
/usr/share/common-licenses/Apache-2.0.
`;

/** Puts files below a folder, with the modes that they have where they are installed. @param {string} root */
function placer(root) {
  process.umask(0o022);
  chmodSync(root, 0o755);
  return (/** @type {string} */ name, /** @type {string | Buffer} */ content, mode = 0o644) => {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content, { mode });
  };
}

/** @param {string} version */
function controlOf(version) {
  return `Package: wemixvisor
Version: ${version}
Architecture: ${architecture}
Maintainer: The wemixvisor authors
Depends: libc6 (>= 2.28), libgcc-s1, libstdc++6, passwd
Recommends: systemd
Section: net
Priority: optional
Description: supervisor that validators trust with a geth-family node
 It starts geth, gwemix or another fork with exactly the arguments given,
 watches it over JSON-RPC, restarts it when that can help, says why when it
 cannot, stops it without damage, and shows its log.
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [executable = '', file = '', compression] = process.argv.slice(2);
  buildDebianPackage(executable, file, { compression: compression === 'none' ? 'none' : 'xz' });
}
