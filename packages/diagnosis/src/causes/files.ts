import { examplesOf, type Cause, type Found, type Sign } from '../cause.ts';

const denied = '(?<why>permission denied|read-only file system|operation not permitted)$';
const cannotWrite = ({ part }: Found) => `the node may not use ${part('path')}: ${part('why')}`;
const starting = 'Error starting protocol stack';

/** What is known of the JWT secret from the record before the end. */
function jwtSummary({ lines, program }: Found): string {
  const record = lines.findLast(
    ({ level, text }) => level === 'error' && text.startsWith('Invalid JWT secret '),
  );
  const [, path = '', length = ''] =
    /^Invalid JWT secret +path=(\S{1,100}) +length=(\d{1,9})/.exec(record?.text ?? '') ?? [];
  const detail = path === '' ? '' : ` in ${path}: ${length} bytes instead of 32`;
  return `${program} cannot use the JWT secret${detail}`;
}

const permissionSigns: readonly Sign[] = [
  {
    where: 'fatal',
    pattern: new RegExp(
      `^(?:failed to create JWT token: )?(?:mkdir|open|chmod|rename|remove|unlinkat|stat|lstat|readdirent|fork/exec) (?<path>.{1,1000}): ${denied}`,
    ),
    summary: cannotWrite,
  },
  {
    where: 'fatal',
    pattern: new RegExp(`^listen (?<path>(?:tcp|udp)\\S{0,2} \\S{1,300}): bind: ${denied}`),
    summary: cannotWrite,
    remedy: () =>
      'Use a port from 1024 on, or give the program the right to bind lower ones (CAP_NET_BIND_SERVICE).',
  },
  {
    where: 'fatal',
    pattern: new RegExp(`^listen (?<path>unix .{1,1000}): bind: ${denied}`),
    summary: cannotWrite,
  },
];

export const fileCauses: readonly Cause[] = [
  {
    name: 'permission-denied',
    class: 'never',
    meaning: 'The user of the node may not use a file, a folder or a port.',
    remedy:
      'Give the path to the user that the node runs as (ls -ld shows the owner), or run it as the owner.',
    signs: permissionSigns,
    examples: examplesOf(
      1,
      [
        'geth 1.17.5, node/node.go',
        'Fatal: Failed to create the protocol stack: mkdir /srv/geth: permission denied',
      ],
      [
        'gwemix w0.10.9, node/node.go',
        'Fatal: Failed to create the protocol stack: open /opt/wemix/geth/LOCK: permission denied',
      ],
      [
        'geth 1.16.9, node/node.go',
        'Fatal: Error starting protocol stack: open /srv/geth/geth/jwtsecret: permission denied',
      ],
      [
        'geth 1.13.15, node/database.go',
        'Fatal: Could not open database: mkdir /srv/geth/geth/chaindata: read-only file system',
      ],
      [
        'geth 1.17.5, node/rpcstack.go',
        'Fatal: Error starting protocol stack: listen tcp 127.0.0.1:80: bind: permission denied',
      ],
      [
        'geth 1.17.5, rpc/ipc_unix.go',
        'Fatal: Error starting protocol stack: listen unix /run/geth.ipc: bind: permission denied',
      ],
    ),
  },
  {
    name: 'ipc-path-too-long',
    class: 'never',
    meaning: 'The path of the IPC socket is longer than the system allows.',
    remedy: 'Set a path of at most 103 bytes with --ipcpath, or switch IPC off with --ipcdisable.',
    signs: [
      {
        where: 'fatal',
        pattern: /^listen unix (?<path>.{1,2000}): bind: invalid argument$/,
        summary: ({ part }) => `the IPC path is too long: ${part('path')}`,
      },
    ],
    examples: examplesOf(1, [
      'geth 1.17.5, rpc/ipc_unix.go',
      `Fatal: Error starting protocol stack: listen unix /srv/${'deep/'.repeat(22)}geth.ipc: bind: invalid argument`,
    ]),
  },
  {
    name: 'bad-jwt-secret',
    class: 'never',
    meaning: 'The file of --authrpc.jwtsecret does not hold 32 bytes in hexadecimal digits.',
    remedy:
      'Write 64 hexadecimal digits into the file, the same as for the consensus client; or remove it, then the node makes one.',
    signs: [{ where: 'fatal', pattern: /^invalid JWT secret$/, summary: jwtSummary }],
    examples: examplesOf(1, [
      'geth 1.10.26, node/node.go',
      'Fatal: Error starting protocol stack: invalid JWT secret',
    ]),
  },
  {
    name: 'jwt-folder-missing',
    class: 'never',
    meaning:
      'The folder of the JWT secret does not exist; the node makes the file, not the folder.',
    remedy: 'Make the folder, or correct the path of --authrpc.jwtsecret.',
    signs: [
      {
        where: 'fatal',
        within: starting,
        pattern:
          /^(?:failed to create JWT token: )?open (?<path>.{1,1000}): (?:no such file or directory|is a directory|not a directory)$/,
        summary: ({ part }) => `the JWT secret cannot be written to ${part('path')}`,
        confidence: 'likely',
      },
    ],
    examples: examplesOf(1, [
      'geth 1.17.5, node/node.go',
      'Fatal: Error starting protocol stack: open /etc/geth/missing/jwt.hex: no such file or directory',
    ]),
  },
  {
    name: 'log-file-not-writable',
    class: 'never',
    meaning: 'The file of --log.file cannot be made.',
    remedy: 'Make the folder and give it to the user of the node, or correct --log.file.',
    signs: [
      {
        where: 'usage',
        pattern: /^failed to init[a-z]{4,9}ize file logger: (?<why>.{1,1000})$/,
        summary: ({ part }) => `the log file of the node cannot be written: ${part('why')}`,
      },
    ],
    examples: examplesOf(1, [
      'geth 1.13.15, internal/debug/flags.go',
      'failed to initiatilize file logger: open /var/log/geth/geth.log: permission denied',
    ]),
  },
];
