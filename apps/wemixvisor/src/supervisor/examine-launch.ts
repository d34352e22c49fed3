import { deriveNodeFacts, validate, type NodeFacts } from '@wemixvisor/passthrough/geth';
import { machineContext } from '@wemixvisor/passthrough/geth/node';
import { checkLaunch } from '@wemixvisor/preflight';
import type { Launch } from '../state/launch.ts';

/** What is to be examined. */
export interface ExaminedLaunch extends Omit<Launch, 'file'> {
  readonly platform: 'linux' | 'darwin';
  /** The node that runs already in this home, if one does. */
  readonly ownPid: number | null;
  /** What the program adds to the data of a node of mainnet soon after its start. @default 0 */
  readonly mainnetGrowthBytes?: number;
}

/** What is known of a start before it happens. */
export interface Examination {
  readonly facts: NodeFacts;
  /** About the command line; empty for a program of another family, whose options are not known. */
  readonly findings: ReturnType<typeof validate>;
  /** About the machine. */
  readonly problems: Awaited<ReturnType<typeof checkLaunch>>;
}

/** Derives what a command line says, and checks the machine as the node will find it. Nothing is changed. */
export async function examineLaunch(launch: ExaminedLaunch): Promise<Examination> {
  const { args, env, cwd, node, platform, ownPid, mainnetGrowthBytes = 0 } = launch;
  const context = { ...machineContext(env), ...node, cwd, platform };
  const facts = deriveNodeFacts(args, context);
  const { ipc } = facts.endpoints;
  const growthBytes = facts.network === 'mainnet' ? mainnetGrowthBytes : 0;
  const ipcPath = ipc?.kind === 'ipc' ? ipc.path : null;
  return {
    facts,
    findings: node.flavour === 'unknown' ? [] : validate(args, context),
    problems: await checkLaunch({ ...facts, ipcPath, ownPid, growthBytes }, { platform }),
  };
}

/** True where something would stop the start. */
export function wouldFail({ findings, problems }: Examination): boolean {
  return [...findings, ...problems].some(({ severity }) => severity === 'error');
}

/** What was found and what to do, in one line. */
export const inOneLine = ({
  message,
  remedy,
}: {
  readonly message: string;
  readonly remedy: string;
}): string => `${message.replace(/\.$/, '')}: ${remedy}`;
