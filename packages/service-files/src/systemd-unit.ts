import type { ServiceDescription } from './service-description.ts';

/**
 * A unit for systemd 240 or later. Only the main process gets the signal, and the others survive it. `KillMode=mixed`
 * would kill them as soon as the main process is gone.
 */
export function systemdUnit(service: ServiceDescription): string {
  const { command, user, stopTimeoutMs, origin = null, openFiles = null } = service;
  const { permanentExitCodes: permanent = [] } = service;
  const stop = stopTimeoutMs === 0 ? 'infinity' : Math.ceil(stopTimeoutMs / 1000);
  return `${origin === null ? '' : `# ${printable(origin)}\n`}[Unit]
Description=${escapedSpecifiers(printable(service.description))}
Wants=network-online.target
After=network-online.target
# A service that fails for good is given up after some tries.
StartLimitIntervalSec=1h
StartLimitBurst=5

[Service]
Type=exec
${user === null ? '# User=: set the user that the service runs as' : `User=${escapedSpecifiers(printable(user))}`}
ExecStart=${quotedCommand(command)}
ExecReload=/bin/kill -HUP $MAINPID
# Only the main process is signalled and stops the others cleanly; where it dies, they live on.
KillMode=process
# A kill before a clean stop can damage what was being written.
TimeoutStopSec=${stop}
Restart=on-failure
RestartSec=10s
${permanent.length === 0 ? '' : `# No restart fixes these.\nRestartPreventExitStatus=${permanent.join(' ')}\n`}# When one process is killed for lack of memory, the others stay.
OOMPolicy=continue
${openFiles === null ? '' : `LimitNOFILE=${openFiles}\n`}UMask=0077
NoNewPrivileges=yes

[Install]
WantedBy=multi-user.target
`;
}

/** Each word in double quotes, by the rules of systemd.service(5) and systemd.syntax(7). */
export function quotedCommand([program, ...args]: ServiceDescription['command']): string {
  // systemd expands no variables in the path of the program, so a dollar there is literal.
  return [quoted(program), ...args.map((word) => quoted(word.replaceAll('$', '$$$$')))].join(' ');
}

function quoted(word: string): string {
  return `"${escapedSpecifiers(word).replaceAll(/["\\\p{Cc}]/gu, escaped)}"`;
}

const escapedSpecifiers = (text: string) => text.replaceAll('%', '%%');
// A backslash at the end would continue the line.
const printable = (text: string) => text.replaceAll(/\p{Cc}|\\$/gu, '?');

function escaped(character: string): string {
  if (character === '"' || character === '\\') return `\\${character}`;
  return [...Buffer.from(character)]
    .map((byte) => String.raw`\x${byte.toString(16).padStart(2, '0')}`)
    .join('');
}
