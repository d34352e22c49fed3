import { createRpcClient, type RpcEndpoint } from '@wemixvisor/health';
import type { weighForks } from '@wemixvisor/forks';

type Evidence = Parameters<typeof weighForks>[0];
type Silent = NonNullable<Evidence['silent']>;

/** What a node answered, or why it did not. */
export type AnswersAboutForks = Pick<
  Evidence,
  'genesis' | 'blocks' | 'nodeInfo' | 'ethConfig' | 'peers'
> & {
  readonly clientVersion: string | null;
  readonly silent: Silent;
};

type Client = ReturnType<typeof createRpcClient>;
type Outcome = Awaited<ReturnType<Client['batch']>>[number] | undefined;

const timeoutMs = 10_000;
/** Blocks over which the interval is measured, in two halves. */
const span = 40_000;

const block = (number: number | 'latest') => ({
  method: 'eth_getBlockByNumber',
  params: [number === 'latest' ? number : `0x${number.toString(16)}`, false],
});

/** Asks a node for all that tells of forks. The methods of `admin` are offered over IPC, and over HTTP only where the operator opened them. */
export async function askAboutForks(
  endpoint: RpcEndpoint,
  createClient: typeof createRpcClient = createRpcClient,
): Promise<AnswersAboutForks> {
  const client = createClient(endpoint, { timeoutMs });
  try {
    const [version, genesis, latest, config, info, peers] = await client.batch([
      { method: 'web3_clientVersion' },
      block(0),
      block('latest'),
      { method: 'eth_config' },
      { method: 'admin_nodeInfo' },
      { method: 'admin_peers' },
    ]);
    const head = blockOf(valueOf(latest));
    const said = valueOf(version);
    return {
      clientVersion: typeof said === 'string' ? said : null,
      genesis: genesisOf(valueOf(genesis)),
      blocks: head === null ? [] : [head, ...(await earlier(client, head.number))],
      ethConfig: valueOf(config),
      nodeInfo: valueOf(info),
      peers: valueOf(peers),
      silent: {
        ...silence('eth_config', config, 'geth offers eth_config from 1.16.3 on'),
        ...silence('node', info, needsAdmin),
        ...silence('peers', peers, needsAdmin),
      },
    };
  } finally {
    client.dispose();
  }
}

/** Asks another node of the chain what forks it has. */
export async function askReference(
  endpoint: RpcEndpoint,
): Promise<{ readonly reference: Evidence['reference']; readonly silent: Silent }> {
  const client = createRpcClient(endpoint, { timeoutMs });
  try {
    const [config, genesis] = await client.batch([{ method: 'eth_config' }, block(0)]);
    const ethConfig = valueOf(config);
    const silent = silence('reference', config, 'it has to offer eth_config');
    if (ethConfig === undefined) return { reference: null, silent };
    const genesisHash = genesisOf(valueOf(genesis))?.hash ?? null;
    return { reference: { ethConfig, genesisHash }, silent };
  } finally {
    client.dispose();
  }
}

const needsAdmin = 'admin is offered over IPC, and over HTTP with --http.api …,admin';

/** Why a source did not answer; nothing where it did. */
function silence(source: keyof Silent, outcome: Outcome, hint: string): Silent {
  if (outcome === undefined || outcome.kind === 'ok') return {};
  return { [source]: outcome.kind === 'unknown' ? `not offered: ${hint}` : outcome.why };
}

async function earlier(client: Client, head: number) {
  const back = Math.min(span, head - 1);
  const numbers = back < 2 ? [] : [head - Math.floor(back / 2), head - back];
  const outcomes = numbers.length === 0 ? [] : await client.batch(numbers.map(block));
  return outcomes.map((outcome) => blockOf(valueOf(outcome))).filter((each) => each !== null);
}

function valueOf(outcome: Outcome): unknown {
  return outcome?.kind === 'ok' ? outcome.value : undefined;
}

function blockOf(value: unknown) {
  const { number, timestamp } = Object(value) as Record<string, unknown>;
  const read = { number: Number(number), timestamp: Number(timestamp) };
  const isBlock = typeof number === 'string' && typeof timestamp === 'string';
  return isBlock && Object.values(read).every(Number.isSafeInteger) ? read : null;
}

function genesisOf(value: unknown) {
  const { hash } = Object(value) as Record<string, unknown>;
  const made = blockOf(value);
  return typeof hash === 'string' && made !== null ? { hash, timestamp: made.timestamp } : null;
}
