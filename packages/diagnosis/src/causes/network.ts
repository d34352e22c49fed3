import { examplesOf, type Cause, type Found } from '../cause.ts';

/** Defaults of geth and gwemix: node/defaults.go. */
const usualUse: Readonly<Record<string, string>> = {
  8545: 'HTTP',
  8588: 'HTTP',
  8546: 'WebSocket',
  8598: 'WebSocket',
  8551: 'the Engine API',
  30303: 'peers',
  8589: 'peers',
};

function taken({ part }: Found): string {
  const use = usualUse[part('port')];
  const host = part('host') === '' ? '' : ` of ${part('host')}`;
  return `${part('protocol').toUpperCase()} port ${part('port')}${host} is taken by another process${use === undefined ? '' : ` (usually for ${use})`}`;
}

export const networkCauses: readonly Cause[] = [
  {
    name: 'port-taken',
    class: 'short',
    meaning: 'Another process listens on a port of the node.',
    remedy:
      'Find its holder (ss -tulpn, on macOS lsof -i) and end it, or give this node another port.',
    signs: [
      {
        where: 'fatal',
        pattern:
          /^listen (?<protocol>tcp|udp)[46]? (?<host>.{0,300}):(?<port>\d{1,5}): bind: (?:address already in use|Only one usage of each socket address)/,
        summary: taken,
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.9.6, node/node.go',
        'Fatal: Error starting protocol stack: listen tcp 127.0.0.1:8545: bind: address already in use',
      ],
      [
        'geth 1.17.5, p2p/server.go',
        'Fatal: Error starting protocol stack: listen tcp :30303: bind: address already in use',
      ],
      [
        'geth 1.16.9, p2p/server.go',
        'Fatal: Error starting protocol stack: listen udp :30303: bind: address already in use',
      ],
      [
        'gwemix w0.10.9, node/rpcstack.go',
        'Fatal: Error starting protocol stack: listen tcp [::]:8588: bind: address already in use',
      ],
    ),
  },
  {
    name: 'address-not-available',
    class: 'retry',
    meaning:
      'An address that the node is to listen on is not one of this machine, or its name is not known yet.',
    remedy:
      'Correct --http.addr, --ws.addr, --authrpc.addr or the --port family; a network that comes up late needs only time.',
    signs: [
      {
        where: 'fatal',
        pattern:
          /^listen (?:tcp|udp)[46]? (?<address>.{1,300}): bind: cannot assign requested address$/,
        summary: ({ part }) => `${part('address')} is not an address of this machine`,
      },
      {
        where: 'fatal',
        pattern: /^listen (?:tcp|udp)[46]?: lookup (?<address>\S{1,300})(?: on \S{1,100})?: /,
        summary: ({ part }) => `the name ${part('address')} has no address`,
      },
    ],
    examples: examplesOf(
      1,
      [
        'geth 1.17.5, node/rpcstack.go',
        'Fatal: Error starting protocol stack: listen tcp 192.0.2.7:8545: bind: cannot assign requested address',
      ],
      [
        'geth 1.16.9, node/rpcstack.go',
        'Fatal: Error starting protocol stack: listen tcp: lookup node.example on 127.0.0.53:53: no such host',
      ],
    ),
  },
  {
    name: 'invalid-port',
    class: 'never',
    meaning: 'A port of the node is not between 0 and 65535.',
    remedy: 'Correct the port on the command line or in the configuration file.',
    signs: [
      {
        where: 'fatal',
        pattern: /^listen (?:tcp|udp)[46]?: address (?<port>\S{1,100}): invalid port$/,
        summary: ({ part }) => `${part('port')} is not a port`,
      },
    ],
    examples: examplesOf(1, [
      'geth 1.9.6, node/node.go',
      'Fatal: Error starting protocol stack: listen tcp: address 99999: invalid port',
    ]),
  },
  {
    name: 'servers-share-port',
    class: 'never',
    meaning: 'HTTP and WebSocket are to listen on one port with two addresses.',
    remedy: 'Give them the same address, or two ports.',
    signs: [
      {
        where: 'fatal',
        pattern: /^(?:HTTP|WebSocket) server already running on (?<address>\S{1,300})$/,
        summary: ({ part }) => `HTTP and WebSocket want ${part('address')} with different settings`,
      },
    ],
    examples: examplesOf(1, [
      'geth 1.17.5, node/rpcstack.go',
      'Fatal: Error starting protocol stack: HTTP server already running on 127.0.0.1:8545',
    ]),
  },
  {
    name: 'bad-bootnode',
    class: 'never',
    meaning: 'An entry of --bootnodes is not an enode or enr address.',
    remedy: 'Correct the entry: enode://PUBLIC-KEY@HOST:PORT.',
    signs: [
      {
        where: 'crit',
        pattern: /^Bootstrap URL invalid\b/,
        summary: () => 'an entry of --bootnodes is not an enode address',
      },
    ],
    examples: examplesOf(1, [
      'geth 1.13.15, cmd/utils/flags.go',
      'CRIT [03-04|09:15:02.118] Bootstrap URL invalid                    enode=enode://abc err="missing \'enr:\' prefix for base64-encoded record"',
    ]),
  },
  {
    name: 'attach-failed',
    class: 'retry',
    meaning: 'The program was to attach to a node and found none: it is no node itself.',
    remedy: 'Start the other node first, or correct the endpoint.',
    signs: [
      {
        where: 'fatal',
        pattern: /^Unable to attach to remote geth: /,
        summary: ({ program }) => `${program} found no node to attach to`,
      },
    ],
    examples: examplesOf(1, [
      'geth 1.17.5, cmd/geth/consolecmd.go',
      'Fatal: Unable to attach to remote geth: dial unix /srv/geth/geth.ipc: connect: no such file or directory',
    ]),
  },
];
