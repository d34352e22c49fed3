import { countRefusedHandshakes, weighForks, type ForkVerdict } from '@wemixvisor/forks';
import { parseEndpoint } from '@wemixvisor/health';
import { readLog } from '@wemixvisor/logs';
import { parseClientVersion } from '@wemixvisor/passthrough';
import { messageOf } from '../app-error.ts';
import type { HomePaths } from '../state/home-paths.ts';
import { runSpan } from '../state/run-span.ts';
import { askAboutForks, askReference, type AnswersAboutForks } from './ask-about-forks.ts';
import type { LaunchDescription } from './describe-launch.ts';
import { strangerAt } from './stranger-at.ts';

/** The node whose forks are looked at. */
export interface LookedAtNode {
  readonly paths: HomePaths;
  readonly description: Pick<LaunchDescription, 'facts' | 'program' | 'endpoint'>;
  /** The node has a process, and can be asked. */
  readonly isUp: boolean;
  /** Whose answers count; null where whoever answers counts, as at an endpoint that the operator named. */
  readonly expected: Parameters<typeof strangerAt>[1] | null;
  /** Another node of the same chain. */
  readonly referenceRpcUrl: string | null;
  /** The unknown fork that was told of before. */
  readonly raised?: Parameters<typeof weighForks>[0]['raised'];
  /** Since when handshakes that were refused are counted, epoch milliseconds. */
  readonly refusedSince: number;
}

/** What there is to say of the forks of a node. */
export interface ForkLook {
  readonly verdict: ForkVerdict;
  /** Handshakes that ended as the peer was on a fork that the node does not have; 0 where the node does not log them. */
  readonly refused: number;
}

type Silent = NonNullable<AnswersAboutForks['silent']>;

/** geth prints its banner before it opens anything that may need repair. */
const bannerWithinMs = 10 * 60_000;
const bannerLines = /Chain ID: |Initialised chain configuration| - [A-Z]/;
const handshakes = /fork ID rejected/;

/**
 * Asks a node, its log and another node of its chain for their forks, and weighs what they say. The log is read for its banner only where
 * the node does not tell its forks itself. Never rejects: what cannot be asked is said.
 */
export async function lookAtForks(node: LookedAtNode): Promise<ForkLook> {
  const { description, referenceRpcUrl, raised = null } = node;
  const answers = node.isUp ? await askNode(node) : { silent: down };
  const { reference, silent } = await askOther(referenceRpcUrl);
  const logLines = answers.nodeInfo === undefined ? await bannerOf(node.paths) : [];
  const skipped =
    answers.nodeInfo === undefined ? {} : { log: 'not needed: the node tells itself' };
  const verdict = weighForks({
    now: Date.now(),
    client: runningProgram(answers.clientVersion ?? null) ?? description.program,
    network: description.facts.network,
    ...answers,
    logLines,
    reference: reference ?? null,
    raised,
    silent: { ...skipped, ...answers.silent, ...silent },
  });
  return { verdict, refused: node.isUp ? await refusedHandshakes(node) : 0 };
}

/** What runs may be older than its file: it was replaced since the start. */
function runningProgram(clientVersion: string | null): LaunchDescription['program'] | null {
  const said = clientVersion === null ? null : parseClientVersion(clientVersion);
  return said === null || said.version === null || said.flavour === 'unknown' ? null : said;
}

const down: Silent = {
  node: 'the node is down',
  eth_config: 'the node is down',
  peers: 'the node is down',
};

/** Over IPC where the node has it, as only there everything is offered; else where health asks. */
async function askNode({
  description: { facts, endpoint },
  expected,
}: LookedAtNode): Promise<Partial<AnswersAboutForks> & { readonly silent: Silent }> {
  const { ipc } = facts.endpoints;
  const places = [ipc?.kind === 'ipc' ? ipc : null, endpoint].filter((each) => each !== null);
  let silent: Silent = allSilent('no RPC endpoint is known');
  for (const place of places) {
    const answers = await askAboutForks(place);
    const isSilent = answers.clientVersion === null && answers.genesis === null;
    const isOwn = isSilent || expected === null;
    const who = isOwn ? null : await strangerAt(place, expected, answers.clientVersion);
    if (who === null && !isSilent) return answers;
    silent =
      who === null ? answers.silent : allSilent(`another process answers in its place: ${who}`);
  }
  return { silent };
}

const allSilent = (why: string): Silent => ({ node: why, eth_config: why, peers: why });

async function askOther(url: string | null): ReturnType<typeof askReference> {
  if (url === null) {
    return { reference: null, silent: { reference: 'none is named: --reference-rpc-url' } };
  }
  try {
    return await askReference(parseEndpoint(url));
  } catch (error) {
    return { reference: null, silent: { reference: messageOf(error) } };
  }
}

/** What the node listed when it was last started. */
async function bannerOf(paths: HomePaths): Promise<readonly string[]> {
  try {
    const { start, after } = runSpan(paths, 0);
    const until = new Date(start.getTime() + bannerWithinMs);
    return await linesOf(paths, { after, since: start, until, grep: bannerLines });
  } catch {
    return []; // nothing was ever started, or its log is gone
  }
}

async function refusedHandshakes({ paths, refusedSince }: LookedAtNode): Promise<number> {
  try {
    const since = new Date(refusedSince);
    return countRefusedHandshakes(await linesOf(paths, { since, grep: handshakes })).nodeBehind;
  } catch {
    return 0;
  }
}

async function linesOf(
  { logs }: HomePaths,
  wanted: Omit<Parameters<typeof readLog>[0], 'name' | 'directory'>,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const record of readLog({ ...wanted, directory: logs, name: 'node' })) {
    lines.push([...record.text()].join(''));
  }
  return lines;
}
