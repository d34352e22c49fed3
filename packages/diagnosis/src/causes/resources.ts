import { examplesOf, type Cause, type Found, type Sign } from '../cause.ts';

/** What geth says of its own limit (cmd/utils/cmd.go, from 1.10.0; gwemix too). */
export const lowDiskMessage = 'Low disk space. Gracefully shutting down';
const warning = 'Disk space is running low. ';

/** A size in a record: `1.98GiB`, `"1.98 GiB"`. */
function size(text: string | undefined, key: string): string {
  const [, found = ''] =
    new RegExp(` ${key}="?(\\d{1,9}(?:\\.\\d{1,3})? ?[KMGTP]?i?B)"?(?: |$)`).exec(text ?? '') ?? [];
  return found;
}

/** The summary of a stop by the free-disk monitor, with its limit where the warning before it is there. */
export function lowDiskSummary({ lines, program }: Pick<Found, 'lines' | 'program'>): string {
  const stop = lines.findLast(
    ({ level, text }) => level === 'error' && text.startsWith(lowDiskMessage),
  );
  const warned = lines.findLast(({ level, text }) => level === 'warn' && text.startsWith(warning));
  const limit = size(warned?.text, 'critical_level');
  const left = size(stop?.text, 'available');
  const of = limit === '' ? 'its limit' : `its limit of ${limit}`;
  return `${program} stopped itself: free disk space is below ${of}${left === '' ? '' : `, ${left} left`}`;
}

const noSpace: readonly Sign[] = (['fatal', 'crit', 'dump'] as const).map((where) => ({
  where,
  pattern:
    where === 'crit'
      ? /^[^=]{1,120} +err(?:or)?="?[^"]{0,1000}no space left on device"?(?: |$)/
      : /^.{0,2000}: no space left on device(?: \[recovered\])?$/,
  summary: ({ program }) => `${program} could not write: the disk is full`,
}));

export const resourceCauses: readonly Cause[] = [
  {
    name: 'low-disk',
    class: 'hold',
    meaning: 'The disk of the data directory is full, or has less free space than the node wants.',
    remedy:
      'Free disk space or move the data to a larger disk. --datadir.minfreedisk sets the limit in MB.',
    signs: noSpace,
    examples: [
      ...examplesOf(
        0,
        [
          'geth 1.17.5, cmd/utils/cmd.go',
          'ERROR[03-04|09:20:30.069] Low disk space. Gracefully shutting down Geth to prevent database corruption. available=1.98GiB path=/srv/geth/geth',
        ],
        [
          'gwemix w0.10.9, cmd/utils/cmd.go',
          'ERROR[03-04|09:20:30.069] Low disk space. Gracefully shutting down Geth to prevent database corruption. available=1.98GiB',
        ],
      ),
      ...examplesOf(
        1,
        [
          'geth 1.17.5, core/rawdb',
          'CRIT [03-04|09:20:30.069] Failed to store last block\'s hash         err="write /srv/geth/geth/chaindata/000123.log: no space left on device"',
        ],
        [
          'geth 1.16.9, node/node.go',
          'Fatal: Failed to create the protocol stack: mkdir /srv/geth: no space left on device',
        ],
      ),
      ...examplesOf(2, [
        'geth 1.17.5, ethdb/pebble/pebble.go',
        'panic: fatal: write /srv/geth/geth/chaindata/000123.log: no space left on device',
      ]),
    ],
  },
  {
    name: 'out-of-memory',
    class: 'retry',
    meaning:
      'Go could not get memory: the machine, the container or a limit of the process has no more.',
    remedy:
      'Lower --cache, raise the memory limit (MemoryMax, ulimit -v), or use a larger machine.',
    signs: [
      {
        where: 'dump',
        pattern:
          /^(?:fatal error: )?(?:runtime: out of memory|runtime: cannot allocate memory|out of memory|failed to reserve page summary memory|runtime: cannot (?:reserve|map) )/,
        summary: ({ program }) => `${program} ran out of memory`,
      },
      {
        where: 'dump',
        pattern: /^(?:panic|fatal error): .{0,500}cannot allocate memory$/,
        summary: ({ program }) => `${program} ran out of memory`,
      },
    ],
    examples: examplesOf(
      2,
      ['geth 1.10.26, edsrzf/mmap-go', 'panic: mmap: cannot allocate memory'],
      ['geth 1.17.5, runtime/malloc.go of Go', 'fatal error: runtime: out of memory'],
      [
        'gwemix w0.10.9, runtime/malloc.go of Go',
        'runtime: out of memory: cannot allocate 4194304-byte block (3221225472 in use)',
      ],
      [
        'geth 1.16.9, runtime/mpagealloc_64bit.go of Go',
        'fatal error: failed to reserve page summary memory',
      ],
    ),
  },
  {
    name: 'too-many-threads',
    class: 'retry',
    meaning: 'The system refused the process another thread.',
    remedy: 'Raise the limit of threads: TasksMax of systemd, pids of a container, ulimit -u.',
    signs: [
      {
        where: 'dump',
        pattern:
          /^(?:runtime: failed to create new OS thread |runtime\/cgo: pthread_create failed: |fatal error: (?:runtime\.)?newosproc$)/,
        summary: ({ program }) => `${program} could not create another thread`,
      },
    ],
    examples: examplesOf(
      2,
      [
        'geth 1.17.5, runtime/os_linux.go of Go',
        'runtime: failed to create new OS thread (have 12 already; errno=11)',
      ],
      [
        'gwemix w0.10.9, runtime/cgo of Go',
        'runtime/cgo: pthread_create failed: Resource temporarily unavailable',
      ],
    ),
  },
];
