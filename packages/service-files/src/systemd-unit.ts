import type { ServiceDescription } from './service-description.ts';
import { plain, printable, quotedCommand } from './systemd-quoting.ts';
import { sandboxLines } from './systemd-sandbox.ts';

/**
 * A unit for systemd 240 or later. Only the main process gets the signal, and the others survive it. `KillMode=mixed`
 * would kill them as soon as the main process is gone.
 */
export function systemdUnit(service: ServiceDescription): string {
  const {
    command,
    user,
    stopTimeoutMs,
    origin = null,
    openFiles = null,
    reload = null,
    tasks = null,
  } = service;
  const { permanentExitCodes: permanent = [], notifies = false } = service;
  const lines = [
    ...(origin === null ? [] : [`# ${printable(origin)}`]),
    '[Unit]',
    `Description=${plain(service.description)}`,
    'Wants=network-online.target',
    'After=network-online.target',
    '# A service that fails for good is given up after some tries.',
    'StartLimitIntervalSec=1h',
    'StartLimitBurst=5',
    '',
    '[Service]',
    ...(notifies ? notifyLines : ['Type=exec']),
    user === null ? '# User=: set the user that the service runs as' : `User=${plain(user)}`,
    `ExecStart=${quotedCommand(command)}`,
    `ExecReload=${reload === null ? '/bin/kill -HUP $MAINPID' : quotedCommand(reload)}`,
    '# Only the main process is signalled and stops the others cleanly; where it dies, they live on.',
    'KillMode=process',
    '# A kill before a clean stop can damage what was being written.',
    `TimeoutStopSec=${stopTimeoutMs === 0 ? 'infinity' : Math.ceil(stopTimeoutMs / 1000)}`,
    'Restart=on-failure',
    'RestartSec=10s',
    ...(permanent.length === 0
      ? []
      : ['# No restart fixes these.', `RestartPreventExitStatus=${permanent.join(' ')}`]),
    '# When one process is killed for lack of memory, the others stay.',
    'OOMPolicy=continue',
    ...(openFiles === null ? [] : [`LimitNOFILE=${openFiles}`]),
    ...(tasks === null ? [] : [`TasksMax=${tasks}`]),
    'UMask=0077',
    ...sandboxLines(service),
    '',
    '[Install]',
    'WantedBy=multi-user.target',
  ];
  return `${lines.join('\n')}\n`;
}

const notifyLines = [
  'Type=notify',
  '# The messages are sent by systemd-notify(1), a process of the service.',
  'NotifyAccess=all',
  '# A hung main process is killed, without a dump of its memory, and started again; the others live on.',
  'WatchdogSec=5min',
  'WatchdogSignal=SIGKILL',
];
