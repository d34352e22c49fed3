import { recordOf, wholeNumberOf } from './json.ts';

/** A fork as `eth_config` tells of it: when, and the checksum from then on. */
interface ConfiguredFork {
  /** Epoch seconds. */
  readonly time: number;
  /** Eight hex digits; null where it is not said. */
  readonly hash: string | null;
}

/** What `eth_config` says (EIP-7910): `last` is the last fork that the node knows; null where it knows none after the present one. */
export interface EthConfig {
  readonly current: ConfiguredFork | null;
  readonly next: ConfiguredFork | null;
  readonly last: ConfiguredFork | null;
}

/** Reads the answer to `eth_config`; null where it is none. */
export function readEthConfig(answer: unknown): EthConfig | null {
  const { current, next, last } = recordOf(answer);
  const read = { current: forkOf(current), next: forkOf(next), last: forkOf(last) };
  return read.current === null ? null : read;
}

function forkOf(value: unknown): ConfiguredFork | null {
  const { activationTime, forkId } = recordOf(value);
  const time = wholeNumberOf(activationTime);
  if (time === null) return null;
  const hash = typeof forkId === 'string' && /^0x[0-9a-f]{8}$/i.test(forkId) ? forkId : null;
  return { time, hash: hash?.slice(2).toLowerCase() ?? null };
}
