/* What the figures of a bench hold for. */
import { statfsSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem, type } from 'node:os';

/** Names of file systems by their magic number, statfs(2). */
const fileSystems = {
  0xef53: 'ext4',
  0x58465342: 'xfs',
  0x9123683e: 'btrfs',
  0x01021994: 'tmpfs',
  0x794c7630: 'overlayfs',
};

/** The machine in a line. */
export function describeMachine() {
  const [{ model }] = cpus();
  const kind = statfsSync(tmpdir()).type;
  return [
    `${model.trim()}, ${cpus().length} cores`,
    `${(totalmem() / 1024 ** 3).toFixed(1)} GiB`,
    `${type()} ${release()}`,
    `Node ${process.versions.node}`,
    fileSystems[kind] ?? `file system 0x${kind.toString(16)}`,
    `load ${loadavg()[0].toFixed(2)} at the start`,
  ].join('; ');
}
