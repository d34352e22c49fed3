import { looksLikeSecret, REDACTED, secretWords } from './secret-names.ts';

const url = /\b([a-z][a-z0-9+.-]{0,30}):\/\/([^\s'"<>`]+)/gi;
// Every repetition has a limit, so that the time for a hostile line of a megabyte stays linear.
const quotedOrWord = String.raw`"(?:[^"\\]|\\.)*"|'[^']*'|[^\s,;&"']+`;
const assignment = new RegExp(
  String.raw`\b([\w.-]{0,64}?(?:${secretWords})[\w.-]{0,64})("?\s{0,4}[=:]\s{0,4}(?:(?:Bearer|Basic|Token)\s+)?)(${quotedOrWord})`,
  'gi',
);
const flagAndValue = new RegExp(
  String.raw`(^|\s)(--?)([\w.-]{0,64}?(?:${secretWords})[\w.-]{0,64})(\s+)(${quotedOrWord})`,
  'gi',
);
const scheme = /\b(Bearer|Basic)(\s+)[\w.~+/=-]{8,}/gi;
const strayByte = /[\udc80-\udcff]/gu;
const ethstats = /(^|[\s"'])(--?ethstats(?:=|\s+)["']?)([^\s"']+)/g;

/**
 * Hides the secrets inside free text: credentials and keys in URLs, `password=…`, `--token …`, `Bearer …`.
 * What may be a secret is hidden too; node identities (`enode://…@host`) stay. A byte that is not UTF-8 (a lone surrogate,
 * U+DC80 to U+DCFF) is shown as `\xff`.
 *
 * @example
 * redactText('dial https://user:pw@host/'); // 'dial https://REDACTED@host/'
 */
export function redactText(text: string): string {
  return text
    .replace(strayByte, (byte) => `\\x${(byte.charCodeAt(0) - 0xdc00).toString(16)}`)
    .replace(url, (_, name: string, rest: string) => `${name}://${redactUrlRest(name, rest)}`)
    .replace(ethstats, (_, before: string, flag: string, value: string) =>
      [before, flag, redactEthstats(value)].join(''),
    )
    .replace(scheme, `$1$2${REDACTED}`)
    .replace(assignment, (all, key: string, between: string, value: string) =>
      looksLikeSecret(key) ? key + between + hide(value) : all,
    )
    .replace(flagAndValue, (all, ...[before, dashes, name, gap, value]: string[]) =>
      looksLikeSecret(name ?? '') ? `${before}${dashes}${name}${gap}${hide(value ?? '')}` : all,
    );
}

/**
 * Hides the secret in `name:secret@host:port`, the value of `--ethstats` (ethstats/ethstats.go @ v1.17.5).
 * The secret may hold `@` and `:` itself.
 */
export function redactEthstats(value: string): string {
  const at = value.lastIndexOf('@');
  const colon = value.indexOf(':');
  if (at === -1) return REDACTED;
  return colon === -1 || colon > at
    ? value
    : `${value.slice(0, colon)}:${REDACTED}${value.slice(at)}`;
}

function hide(value: string): string {
  const quote = /^["']/.exec(value)?.[0] ?? '';
  return `${quote}${REDACTED}${quote}`;
}

function redactUrlRest(scheme: string, rest: string): string {
  const [authority, tail] = cutCredentials(scheme.toLowerCase(), rest);
  return authority + (/^(?:https?|wss?)$/i.test(scheme) ? redactPath(tail) : tail);
}

/** Splits off the credentials. A password may hold `/` or `@` although it should not, so those with a colon end at the last `@`. */
function cutCredentials(scheme: string, rest: string): readonly [authority: string, tail: string] {
  const slash = /[/?#]/.exec(rest)?.index ?? rest.length;
  const at = rest.lastIndexOf('@', slash);
  const loose = /^[^\s/?#:@,]*:[^,]*@/.exec(rest)?.[0];
  if (loose !== undefined && !isPort(loose)) return [`${REDACTED}@`, rest.slice(loose.length)];
  if (at === -1) return [rest.slice(0, slash), rest.slice(slash)];
  // An enode URL's user part is a public key: it has no colon.
  if (scheme === 'enode' && !rest.slice(0, at).includes(':')) return [rest, ''];
  return [`${REDACTED}${rest.slice(at, slash)}`, rest.slice(slash)];
}

/** `host:8545/x@y` is an address with an `@` in its path, not a user with a password. */
const isPort = (userInfo: string) => /^(?:\[[^\]]*\]|[^:]*):\d{1,5}[/?#]/.test(userInfo);

/** Providers put the key into the path (`/v3/KEY`) or the query (`?apikey=KEY`). */
function redactPath(tail: string): string {
  return tail
    .replace(/(?<=\/)(?=[A-Za-z_-]*\d)(?=[\d_-]*[A-Za-z])[\w-]{20,}/g, REDACTED)
    .replace(/([?&])([^=&\s]{1,64})=([^&\s#]+)/g, (all, mark: string, key: string) =>
      looksLikeSecret(key) || /^key$/i.test(key) ? `${mark}${key}=${REDACTED}` : all,
    );
}
