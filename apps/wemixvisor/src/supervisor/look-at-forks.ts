import { askAboutForks, weighForks, type ForkVerdict } from '@wemixvisor/forks';
import { createRpcClient, parseEndpoint, type RpcEndpoint } from '@wemixvisor/health';
import { readLog } from '@wemixvisor/logs';
import { parseClientVersion } from '@wemixvisor/passthrough';
import { messageOf } from '../app-error.ts';
import type { Settings } from '../settings/settings.ts';
import type { HomePaths } from '../state/home-paths.ts';
import { runSpan } from '../state/run-span.ts';
import type { LaunchDescription } from './describe-launch.ts';
import { strangerAt } from './stranger-at.ts';

type Answers = Partial<Awaited<ReturnType<typeof askAboutForks>>>;

/** The node whose forks are looked at. */
export interface LookedAtNode {
  readonly paths: HomePaths;
  readonly description: Pick<LaunchDescription, 'facts' | 'program' | 'endpoint'>;
  /** Its process, which can be asked; null where it is down. */
  readonly pid: number | null;
  /** Another endpoint that the operator named for it, and another node of the same chain. */
  readonly settings: Pick<Settings, 'rpcUrl' | 'referenceRpcUrl'>;
  /** The missing fork that was told of before. @default null */
  readonly raised?: ForkVerdict['missing'];
  /** The program that is to take its place. @default none */
  readonly successor?: LaunchDescription['program'];
}

const timeoutMs = 10_000;
/** How far back handshakes that were refused are counted. */
const refusedWithinMs = 60 * 60_000;
/** geth prints its banner before it opens anything that may need repair. */
const bannerWithinMs = 10 * 60_000;
const bannerLines = /Chain ID: |Initialised chain configuration| - [A-Z]/;

/**
 * Asks a node, its log and another node of its chain for their forks, and weighs what they say. The log is read for its banner only where
 * the node does not tell its forks itself. What cannot be asked is said.
 */
export async function lookAtForks(node: LookedAtNode): Promise<ForkVerdict> {
  const { paths, description, settings, raised = null, successor, pid } = node;
  const { referenceRpcUrl } = settings;
  const isUp = pid !== null;
  const answers = isUp ? await askNode(node) : { silent: allSilent('the node is down') };
  const { reference, why } = await askReference(referenceRpcUrl);
  const tellsItself = answers.nodeInfo !== undefined;
  const banner = tellsItself ? [] : await bannerOf(paths);
  const since = new Date(Date.now() - refusedWithinMs);
  const refused = isUp ? await linesOf(paths, { since, grep: /fork ID rejected/ }) : [];
  return weighForks({
    now: Date.now(),
    client: runningProgram(answers.clientVersion ?? null) ?? description.program,
    network: description.facts.network,
    ...answers,
    logLines: [...banner, ...refused],
    reference,
    raised,
    ...(successor && { successor }),
    silent: {
      ...(tellsItself && { log: 'not needed: the node tells itself' }),
      ...answers.silent,
      ...(why !== null && { reference: why }),
    },
  });
}

/** What runs may be older than its file: it was replaced since the start. */
function runningProgram(clientVersion: string | null): LaunchDescription['program'] | null {
  const said = clientVersion === null ? null : parseClientVersion(clientVersion);
  return said === null || said.version === null || said.flavour === 'unknown' ? null : said;
}

/** Over IPC where the node has it, as only there everything is offered; else where health asks. */
async function askNode({ description, pid, settings }: LookedAtNode): Promise<Answers> {
  const { facts, endpoint, program } = description;
  const { ipc } = facts.endpoints;
  // An endpoint that the operator named may be anybody's.
  const expected = pid === null || settings.rpcUrl !== null ? null : { pid, program };
  const places = [ipc?.kind === 'ipc' ? ipc : null, endpoint].filter((each) => each !== null);
  let silent = allSilent('no RPC endpoint is known');
  for (const place of places) {
    const answers = await ask(place, { admin: true });
    const isSilent = answers.clientVersion === null && answers.genesis === null;
    const isOwn = isSilent || expected === null;
    const who = isOwn ? null : await strangerAt(place, expected, answers.clientVersion);
    if (who === null && !isSilent) return answers;
    silent =
      who === null ? answers.silent : allSilent(`another process answers in its place: ${who}`);
  }
  return { silent };
}

const allSilent = (why: string): NonNullable<Answers['silent']> => ({
  ...{ node: why, eth_config: why, peers: why },
});

async function ask(endpoint: RpcEndpoint, how: { readonly admin: boolean }) {
  const client = createRpcClient(endpoint, { timeoutMs });
  try {
    return await askAboutForks(client, how);
  } finally {
    client.dispose();
  }
}

async function askReference(url: string | null) {
  if (url === null) return { reference: null, why: 'none is named: --reference-rpc-url' };
  try {
    const reference = await ask(parseEndpoint(url), { admin: false });
    return { reference, why: reference.silent.eth_config ?? null };
  } catch (error) {
    return { reference: null, why: messageOf(error) };
  }
}

/** What the node listed when it was last started. */
async function bannerOf(paths: HomePaths): Promise<readonly string[]> {
  try {
    const { start, after } = runSpan(paths, 0);
    const until = new Date(start.getTime() + bannerWithinMs);
    return await linesOf(paths, { after, since: start, until, grep: bannerLines });
  } catch {
    return []; // nothing was ever started
  }
}

/** Lines of the node's log; none where there is no log. */
async function linesOf(
  { logs }: HomePaths,
  wanted: Omit<Parameters<typeof readLog>[0], 'name' | 'directory'>,
): Promise<readonly string[]> {
  const lines: string[] = [];
  try {
    for await (const record of readLog({ ...wanted, directory: logs, name: 'node' })) {
      lines.push([...record.text()].join(''));
    }
  } catch {
    // A log that cannot be read says nothing; its readers hear why.
  }
  return lines;
}
