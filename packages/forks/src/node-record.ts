import { keccak_256 } from '@noble/hashes/sha3.js';
import { Point, verify } from '@noble/secp256k1';
import type { ForkId } from './checksum.ts';
import { decodeRlp, listHeader, numberOf, type Rlp } from './rlp.ts';

/** What a node record says, signed by the node that it is about. */
interface NodeRecord {
  /** 64 hex digits, made of the node's public key. */
  readonly nodeId: string;
  /** What it says of its chain; null where it says nothing. */
  readonly forkId: ForkId | null;
}

/** A record, or why it is none. */
export type ReadRecord =
  | { readonly record: NodeRecord; readonly problem: null }
  | {
      readonly record: null;
      /** `unreadable`: not a record; `scheme`: of an identity scheme other than `v4`; `signature`: not signed by its node. */
      readonly problem: 'unreadable' | 'scheme' | 'signature';
    };

/** The size limit of EIP-778, in bytes. */
const largest = 300;

/**
 * Reads a node record in its text form (EIP-778) and checks its signature. Never throws.
 *
 * @example
 * decodeNodeRecord('enr:-Jy4QKHjjtePWVYu6…').record?.forkId; // { hash: '890e0098', next: 0 }
 */
export function decodeNodeRecord(text: string): ReadRecord {
  try {
    return read(text);
  } catch {
    return { record: null, problem: 'unreadable' };
  }
}

function read(text: string): ReadRecord {
  const encoded = /^enr:([\w-]+={0,2})$/.exec(text.trim())?.[1] ?? '';
  const bytes = new Uint8Array(Buffer.from(encoded, 'base64url'));
  const items = bytes.length > 0 && bytes.length <= largest ? decodeRlp(bytes) : [];
  if (items instanceof Uint8Array || items.length < 2 || items.length % 2 !== 0) {
    return { record: null, problem: 'unreadable' };
  }
  const [signature] = items;
  const pairs = pairsOf(items.slice(2));
  if (pairs === null || !(signature instanceof Uint8Array)) {
    return { record: null, problem: 'unreadable' };
  }
  const key = pairs.get('secp256k1');
  if (textOf(pairs.get('id')) !== 'v4') return { record: null, problem: 'scheme' };
  if (!(key instanceof Uint8Array) || !isSigned(bytes, signature, key)) {
    return { record: null, problem: 'signature' };
  }
  return { record: { nodeId: nodeIdOf(key), forkId: forkIdOf(pairs.get('eth')) }, problem: null };
}

/** Keys are sorted and each is there once. */
function pairsOf(items: readonly Rlp[]): ReadonlyMap<string, Rlp> | null {
  const pairs = new Map<string, Rlp>();
  let before = '';
  for (let at = 0; at < items.length; at += 2) {
    const [key, value] = [textOf(items[at]), items[at + 1]];
    if (key === null || value === undefined || (at > 0 && key <= before)) return null;
    pairs.set(key, value);
    before = key;
  }
  return pairs;
}

function textOf(value: Rlp | undefined): string | null {
  return value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : null;
}

/** The signature covers all of the list but itself. */
function isSigned(bytes: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean {
  if (signature.length !== 64 || key.length !== 33) return false;
  // What the list holds begins behind its header; the signature is a string of 64 bytes behind a header of two.
  const header = bytes.length <= 56 ? 1 : 1 + ((bytes[0] ?? 0) - 0xf7);
  const content = bytes.subarray(header + 2 + signature.length);
  const signed = Buffer.concat([listHeader(content.length), content]);
  return verify(signature, keccak_256(signed), key, { prehash: false });
}

function nodeIdOf(key: Uint8Array): string {
  const uncompressed = Point.fromBytes(key).toBytes(false).subarray(1);
  return Buffer.from(keccak_256(uncompressed)).toString('hex');
}

/** The entry `eth` is a list whose first item is the fork id; more may follow (EIP-2124). */
function forkIdOf(entry: Rlp | undefined): ForkId | null {
  const id = entry === undefined || entry instanceof Uint8Array ? undefined : entry[0];
  if (id === undefined || id instanceof Uint8Array) return null;
  const [hash] = id;
  const next = numberOf(id[1]);
  if (!(hash instanceof Uint8Array) || hash.length !== 4 || next === null) return null;
  return { hash: Buffer.from(hash).toString('hex'), next };
}
