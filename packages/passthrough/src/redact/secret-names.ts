/** The replacement for a secret; it needs no quotes in a shell or URL. */
export const REDACTED = 'REDACTED';

/** Flags of geth and gwemix whose value is a secret, or half of one (cmd/utils/flags.go @ v1.17.5, w0.10.9). */
const secretFlags = new Set([
  'password',
  'nodekeyhex',
  'metrics.influxdb.username',
  'metrics.influxdb.password',
  'metrics.influxdb.token',
  'pyroscope.username',
  'pyroscope.password',
  'rpc.telemetry.username',
  'rpc.telemetry.password',
]);

/** Names that look secret, but whose value is only the path of a secret, which an operator needs to see. */
const pathsOfSecrets = new Set(['authrpc.jwtsecret', 'jwtsecret', 'jwt-secret']);

/** Words in the names of flags, variables, query parameters and log keys that mark a secret. */
export const secretWords =
  'password|passwd|passphrase|passcode|secret|token|api[-_.]?key|access[-_.]?key|private[-_.]?key|' +
  'nodekeyhex|mnemonic|seed[-_.]?phrase|credential|bearer|authorization';

const looksSecret = new RegExp(
  `${secretWords}|(?:^|[-_.])(?:pass|pwd|auth[-_.]?key|key[-_.]?hex)$`,
  'i',
);

/**
 * Whether geth itself gives this flag a secret value; the name is without dashes.
 *
 * @example
 * isSecretFlag('nodekeyhex'); // true
 */
export function isSecretFlag(name: string): boolean {
  return secretFlags.has(name);
}

/** Whether a name of any program suggests that its value is a secret. */
export function looksLikeSecret(name: string): boolean {
  return !pathsOfSecrets.has(name.toLowerCase()) && looksSecret.test(name);
}
