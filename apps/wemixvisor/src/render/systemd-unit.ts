/** The content of a service file. */
export interface ServiceFacts {
  /** The command line of the service; the first word is an absolute path. */
  readonly command: readonly [string, ...string[]];
  readonly home: string;
  /** The user that the service runs as; null leaves it to the operator. */
  readonly user: string | null;
  /** Milliseconds that the node may take to stop; 0 is for ever. */
  readonly stopTimeoutMs: number;
}

/** Seconds after the node's grace period in which the supervisor kills it and ends itself. */
export const marginSeconds = 30;

/** Open files for a node with a big database and many peers; geth uses as many as the limit allows. */
export const openFiles = 1_048_576;

/**
 * A unit for systemd 240 or later. Only the supervisor gets the signal, and the node survives its supervisor: the next
 * one adopts it. `KillMode=mixed` would kill the node as soon as its supervisor is gone.
 */
export function renderSystemdUnit({ command, home, user, stopTimeoutMs }: ServiceFacts): string {
  const stop = stopTimeoutMs === 0 ? 'infinity' : Math.ceil(stopTimeoutMs / 1000) + marginSeconds;
  return `# By wemixvisor service systemd.
[Unit]
Description=${escapedSpecifiers(`geth-family node kept running by wemixvisor (${printable(home)})`)}
Wants=network-online.target
After=network-online.target
# A node that fails for good is given up after some tries.
StartLimitIntervalSec=1h
StartLimitBurst=5

[Service]
Type=exec
${user === null ? '# User=: set the user that the node runs as' : `User=${escapedSpecifiers(user)}`}
ExecStart=${quotedCommand(command)}
ExecReload=/bin/kill -HUP $MAINPID
# Only the supervisor is signalled, and it stops the node cleanly; a node whose supervisor dies is adopted.
KillMode=process
# The node's grace period and a margin: a kill before that can cost days of repair.
TimeoutStopSec=${stop}
Restart=on-failure
RestartSec=10s
# 64: the command line or the configuration is wrong, which no restart fixes.
RestartPreventExitStatus=64
# When one process is killed for lack of memory, the others stay.
OOMPolicy=continue
LimitNOFILE=${openFiles}
UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
`;
}

/** Each word in double quotes, by the rules of systemd.service(5) and systemd.syntax(7). */
export function quotedCommand([program, ...args]: ServiceFacts['command']): string {
  // systemd expands no variables in the path of the program, so a dollar there is literal.
  return [quoted(program), ...args.map((word) => quoted(word.replaceAll('$', '$$$$')))].join(' ');
}

function quoted(word: string): string {
  return `"${escapedSpecifiers(word).replaceAll(/["\\\p{Cc}]/gu, escaped)}"`;
}

const escapedSpecifiers = (text: string) => text.replaceAll('%', '%%');
const printable = (text: string) => text.replaceAll(/\p{Cc}/gu, '?');

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return [...Buffer.from(character)]
    .map((byte) => String.raw`\x${byte.toString(16).padStart(2, '0')}`)
    .join('');
}
