/** The family of a node program; `go-wbft` is gwemix from 1.0.0 on, `gstable` (go-stablenet) is made from it. */
export type Flavour = 'geth' | 'gwemix' | 'go-wbft' | 'gstable' | 'unknown';

/** The name and version that a node program reports. */
export interface NodeVersion {
  /** Which program it is. */
  readonly flavour: Flavour;
  /** Three numbers, as `1.16.9`; null when none was found. */
  readonly version: string | null;
  /** The version as it was printed, with its metadata: `1.16.9-stable-95665d57`; empty when none was found. */
  readonly raw: string;
}

const numbers = /^v?(\d+\.\d+\.\d+)/;

function nodeVersion(name: string, raw: string): NodeVersion {
  const version = numbers.exec(raw)?.[1] ?? null;
  return { flavour: flavourOf(name, version), version, raw };
}

function flavourOf(name: string, version: string | null): Flavour {
  const known = name.toLowerCase();
  if (known === 'geth' || known === 'gstable') return known;
  if (known !== 'gwemix') return 'unknown';
  // go-wemix capitalises its name in web3_clientVersion, go-wbft does not (cmd/geth/consolecmd_test.go of both).
  return Number(version?.split('.')[0]) >= 1 ? 'go-wbft' : 'gwemix';
}

/**
 * Reads the output of `geth version` (several lines) or of `geth --version` (one line); never throws.
 *
 * @example
 * parseVersionOutput('Geth\nVersion: 1.16.9-stable\n'); // { flavour: 'geth', version: '1.16.9', raw: '1.16.9-stable' }
 */
export function parseVersionOutput(stdout: string): NodeVersion {
  const oneLine = /^[ \t]*(\S+) version v?(\d\S*)[ \t]*\r?$/m.exec(stdout);
  if (oneLine?.[1] !== undefined) return nodeVersion(oneLine[1], oneLine[2] ?? '');
  const name = /^[ \t]*(geth|gwemix|gstable)[ \t]*\r?$/im.exec(stdout)?.[1] ?? '';
  return nodeVersion(name, /^[ \t]*Version:[ \t]*(\S+)/m.exec(stdout)?.[1] ?? '');
}

/**
 * Reads the answer to `web3_clientVersion`, which may hold the node's `--identity`. Never throws.
 *
 * @example
 * parseClientVersion('Geth/my-node/v1.16.9-stable-95665d57/linux-amd64/go1.25.1').version; // '1.16.9'
 */
export function parseClientVersion(clientVersion: string): NodeVersion {
  const [name = '', ...parts] = clientVersion.trim().split('/');
  const version = parts.findLast((part) => /^v\d+\.\d+\.\d+/.test(part)) ?? '';
  return nodeVersion(name, version.replace(/^v/, ''));
}
