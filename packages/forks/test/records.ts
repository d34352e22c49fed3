import { keccak_256 } from '@noble/hashes/sha3.js';
import { Point, hashes, sign } from '@noble/secp256k1';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { listHeader } from '../src/rlp.ts';

hashes.sha256 = (message) => new Uint8Array(createHash('sha256').update(message).digest());
hashes.hmacSha256 = (key, message) =>
  new Uint8Array(createHmac('sha256', key).update(message).digest());

/** What a test record holds. */
interface RecordContent {
  /** Tells nodes apart. */
  readonly node: number;
  readonly hash: string;
  readonly next: number;
  /** Signed by the key of this node instead. */
  readonly signedBy?: number;
  readonly scheme?: string;
}

const bytes = (text: string) => new TextEncoder().encode(text);

function encode(value: Uint8Array | readonly Uint8Array[]): Uint8Array {
  if (!(value instanceof Uint8Array)) {
    const content = Buffer.concat(value);
    return Buffer.concat([listHeader(content.length), content]);
  }
  if (value.length === 1 && (value[0] ?? 0) < 0x80) return value;
  const header = value.length <= 55 ? [0x80 + value.length] : [0xb8, value.length];
  return Buffer.concat([Uint8Array.from(header), value]);
}

function encodeNumber(value: number): Uint8Array {
  const digits = value === 0 ? '' : BigInt(value).toString(16);
  return encode(Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex'));
}

const keyOf = (node: number) => keccak_256(bytes(`node ${node}`));

const points = new Map<number, Point>();

function pointOf(node: number): Point {
  const scalar = () => BigInt(`0x${Buffer.from(keyOf(node)).toString('hex')}`);
  const point = points.get(node) ?? Point.BASE.multiply(scalar());
  points.set(node, point);
  return point;
}

/** The id of a test node. */
export function nodeIdOf(node: number): string {
  const point = pointOf(node);
  return Buffer.from(keccak_256(point.toBytes(false).subarray(1))).toString('hex');
}

/** A signature takes milliseconds, and the same record is asked for again and again. */
const made = new Map<string, string>();

/** Makes a node record, signed as told. */
export function recordOf(content: RecordContent): string {
  const key = JSON.stringify(content);
  const record = made.get(key) ?? signedRecord(content);
  made.set(key, record);
  return record;
}

function signedRecord({ node, hash, next, signedBy = node, scheme = 'v4' }: RecordContent) {
  const point = pointOf(node);
  const forkId = encode([encode(Buffer.from(hash, 'hex')), encodeNumber(next)]);
  const content = [
    encodeNumber(1_795_940_000_000),
    ...[encode(bytes('eth')), encode([forkId])],
    ...[encode(bytes('id')), encode(bytes(scheme))],
    ...[encode(bytes('secp256k1')), encode(point.toBytes(true))],
  ];
  const signature = sign(keccak_256(encode(content)), keyOf(signedBy), { prehash: false });
  return `enr:${Buffer.from(encode([encode(signature), ...content])).toString('base64url')}`;
}

/** A peer as `admin_peers` has it. */
export function peerOf(content: RecordContent, address: string, more: object = {}) {
  return {
    enr: recordOf(content),
    id: nodeIdOf(content.node),
    network: { remoteAddress: address },
    protocols: { eth: { version: 69 } },
    ...more,
  };
}

/** What a real node said. */
export function recorded(name: string): string {
  return readFileSync(new URL(`recorded/${name}`, import.meta.url), 'utf8');
}

/** What a real node answered. */
export const answered = (name: string): unknown => JSON.parse(recorded(`${name}.json`));
