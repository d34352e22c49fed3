import type { ServiceDescription } from './service-description.ts';
import { quoted } from './systemd-quoting.ts';

/** Folders that `ProtectHome=yes` and `PrivateTmp=yes` hide. */
const inHomes = /(?:^|=)\/(?:home|root|run\/user)(?:\/|$)/;
const inTmp = /(?:^|=)\/(?:var\/)?tmp(?:\/|$)/;

/**
 * The lines that keep a service from what it does not need. Missing on purpose:
 * - `MemoryDenyWriteExecute`, as programs that compile while they run (Node.js, Java) need it
 * - `PrivateUsers` and `RemoveIPC`, as what outlives its supervisor is taken up by the next one
 * - `ProtectProc`, `ProtectKernelTunables` and `ProtectControlGroups`, as they mount another `/proc`: in a container that one tells another
 *   boot id than the one outside, and a process looks like one of another boot. What they protect belongs to root.
 * - `ProcSubset=pid`, as programs look up the memory of the machine
 */
export function sandboxLines({ sandbox = null, command }: ServiceDescription): readonly string[] {
  if (sandbox === null) return ['NoNewPrivileges=yes'];
  const { writable } = sandbox;
  const paths = [...command, ...(writable ?? [])];
  const usesHomes = writable === null || paths.some((path) => inHomes.test(path));
  const sharesTmp = sandbox.sharesTmp || paths.some((path) => inTmp.test(path));
  return [
    ...(writable === null
      ? ['# Everything but /usr, /boot and /etc may be written to.', 'ProtectSystem=full']
      : [
          '# Nothing but this may be written to.',
          'ProtectSystem=strict',
          `ReadWritePaths=${[...writable, ...(sharesTmp ? ['/tmp', '/var/tmp'] : [])].map(quoted).join(' ')}`,
        ]),
    ...(usesHomes ? [] : ['ProtectHome=yes']),
    ...(sharesTmp ? [] : ['PrivateTmp=yes']),
    ...restrictions,
    '# Not MemoryDenyWriteExecute=yes: the program compiles its code while it runs.',
  ];
}

const restrictions = [
  'NoNewPrivileges=yes',
  'CapabilityBoundingSet=',
  'PrivateDevices=yes',
  'ProtectClock=yes',
  'ProtectHostname=yes',
  'ProtectKernelLogs=yes',
  'ProtectKernelModules=yes',
  '# AF_NETLINK: how programs ask for the addresses of the machine.',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  'RestrictNamespaces=yes',
  'RestrictRealtime=yes',
  'RestrictSUIDSGID=yes',
  'LockPersonality=yes',
  'SystemCallArchitectures=native',
  'SystemCallFilter=@system-service',
  'SystemCallFilter=~@privileged',
  'SystemCallErrorNumber=EPERM',
];
