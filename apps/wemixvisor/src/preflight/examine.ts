import type { NodeVersion } from '@wemixvisor/passthrough';
import {
  deriveNodeFacts,
  validate,
  type Finding,
  type NodeFacts,
} from '@wemixvisor/passthrough/geth';
import { checkFileDescriptors } from './file-descriptors.ts';
import { holderSearch } from './port-owner.ts';
import { checkDataDirectory, checkDisk, checkFiles, checkLock } from './filesystem-checks.ts';
import { checkPorts } from './ports.ts';
import type { Problem } from './problem.ts';

/** What is to be examined. */
export interface ExaminedLaunch {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly node: NodeVersion;
  readonly platform: 'linux' | 'darwin';
  /** The node that runs already in this home, if one does. */
  readonly ownPid: number | null;
}

/** What is known of a start before it happens. */
export interface Examination {
  readonly facts: NodeFacts;
  /** About the command line; empty for a program of another family, whose options are not known. */
  readonly findings: readonly Finding[];
  /** About the machine. */
  readonly problems: readonly Problem[];
}

/** Looks at a command line and at the machine as the node will find it. Nothing is changed. */
export async function examine(launch: ExaminedLaunch): Promise<Examination> {
  const { args, env, cwd, node, platform, ownPid } = launch;
  const context = { ...node, env, cwd, platform };
  const facts = deriveNodeFacts(args, context);
  const search = holderSearch(platform);
  const { dataDirectory, instanceDirectory, minimumFreeDiskBytes } = facts;
  const [locked, taken, limited] = await Promise.all([
    instanceDirectory === null ? [] : checkLock(instanceDirectory, { search, ownPid }),
    checkPorts(facts.ports, { search, ownPid }),
    checkFileDescriptors(platform),
  ]);
  const problems = [
    ...(dataDirectory === null ? [] : checkDataDirectory(dataDirectory)),
    ...locked,
    ...taken,
    ...checkFiles(facts.files.filter(({ mustExist }) => mustExist)),
    ...(dataDirectory === null || minimumFreeDiskBytes === null || minimumFreeDiskBytes === 0
      ? []
      : checkDisk(dataDirectory, minimumFreeDiskBytes)),
    ...limited,
  ];
  return {
    facts,
    findings: node.flavour === 'unknown' ? [] : validate(args, context),
    problems,
  };
}

/** True where something would stop the start. */
export function wouldFail({ findings, problems }: Examination): boolean {
  return [...findings, ...problems].some(({ severity }) => severity === 'error');
}
