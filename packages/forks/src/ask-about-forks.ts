import type { ForkEvidence } from './evidence.ts';
import type { BlockTime } from './block-time.ts';
import type { ForkSource } from './fork-source.ts';
import { hashOf, recordOf } from './json.ts';

/** A JSON-RPC client. That of `@wemixvisor/health` has this shape. */
export interface AskingClient {
  /** Makes calls; one outcome for each, in their order. `unknown`: the node does not offer it. */
  batch(
    calls: readonly { readonly method: string; readonly params?: readonly unknown[] }[],
  ): Promise<
    readonly (
      | { readonly kind: 'ok'; readonly value: unknown }
      | { readonly kind: 'unknown' | 'failed'; readonly why: string }
    )[]
  >;
}

type Outcome = Awaited<ReturnType<AskingClient['batch']>>[number] | undefined;

/** What a node answered; what it did not is left out, and `silent` says why. */
export interface AnswersAboutForks extends Pick<
  ForkEvidence,
  'genesis' | 'blocks' | 'nodeInfo' | 'ethConfig' | 'peers'
> {
  /** What it says that it is; null where it does not answer at all. */
  readonly clientVersion: string | null;
  readonly silent: Partial<Readonly<Record<ForkSource, string>>>;
}

/** Blocks over which the interval is measured, in two halves. */
const span = 40_000;

const blockCall = (number: number | 'latest') => ({
  method: 'eth_getBlockByNumber',
  params: [number === 'latest' ? number : `0x${number.toString(16)}`, false],
});

const needsAdmin = 'admin is offered over IPC, and over HTTP with --http.api …,admin';

/**
 * Asks a node for all that tells of forks, as `weighForks` takes it. `admin`: also for its configuration and its peers, which is not for the
 * node of somebody else.
 *
 * @example
 * const why = 'put your JSON-RPC client here';
 * const client = { batch: (calls: readonly object[]) => Promise.resolve(calls.map(() => ({ kind: 'failed' as const, why }))) };
 * const answers = await askAboutForks(client, { admin: true });
 * const verdict = weighForks({ now: Date.now(), client: null, network: null, ...answers });
 */
export async function askAboutForks(
  client: AskingClient,
  { admin }: { readonly admin: boolean },
): Promise<AnswersAboutForks> {
  const [version, genesis, latest, config, info, peers] = await client.batch([
    { method: 'web3_clientVersion' },
    blockCall(0),
    blockCall('latest'),
    { method: 'eth_config' },
    ...(admin ? [{ method: 'admin_nodeInfo' }, { method: 'admin_peers' }] : []),
  ]);
  const head = blockOf(valueOf(latest));
  const said = valueOf(version);
  return {
    clientVersion: typeof said === 'string' ? said : null,
    genesis: genesisOf(valueOf(genesis)),
    blocks: head === null || !admin ? [] : [head, ...(await earlier(client, head.number))],
    ethConfig: valueOf(config),
    nodeInfo: valueOf(info),
    peers: valueOf(peers),
    silent: {
      ...silence('eth_config', config, 'geth offers eth_config from 1.16.3 on'),
      ...silence('node', info, needsAdmin),
      ...silence('peers', peers, needsAdmin),
    },
  };
}

/** Why a source did not answer; nothing where it did. */
function silence(source: ForkSource, outcome: Outcome, hint: string): AnswersAboutForks['silent'] {
  if (outcome === undefined || outcome.kind === 'ok') return {};
  return { [source]: outcome.kind === 'unknown' ? `not offered: ${hint}` : outcome.why };
}

async function earlier(client: AskingClient, head: number): Promise<readonly BlockTime[]> {
  const back = Math.min(span, head - 1);
  if (back < 2) return [];
  const numbers = [head - Math.floor(back / 2), head - back];
  const outcomes = await client.batch(numbers.map(blockCall));
  return outcomes.map((outcome) => blockOf(valueOf(outcome))).filter((each) => each !== null);
}

function valueOf(outcome: Outcome): unknown {
  return outcome?.kind === 'ok' ? outcome.value : undefined;
}

function blockOf(value: unknown): BlockTime | null {
  const { number, timestamp } = recordOf(value);
  if (typeof number !== 'string' || typeof timestamp !== 'string') return null;
  const read = { number: Number(number), timestamp: Number(timestamp) };
  return Object.values(read).every((each) => Number.isSafeInteger(each)) ? read : null;
}

function genesisOf(value: unknown): NonNullable<ForkEvidence['genesis']> | null {
  const hash = hashOf(recordOf(value)['hash']);
  const made = blockOf(value);
  return hash !== null && made !== null ? { hash, timestamp: made.timestamp } : null;
}
