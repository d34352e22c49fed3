import { isDeepStrictEqual } from 'node:util';
import { describeFork } from '@wemixvisor/forks/describe';
import { compareReleases, deriveNodeFacts } from '@wemixvisor/passthrough/geth';
import { machineContext } from '@wemixvisor/passthrough/geth/node';
import type { ForkReport } from '../report/forks-report.ts';
import type { Launch } from '../state/launch.ts';
import { examineLaunch, inOneLine } from './examine-launch.ts';
import type { LookedAtNode } from './look-at-forks.ts';

/** What is to be checked. */
export interface CheckedUpgrade {
  readonly from: Launch;
  readonly to: Launch;
  readonly platform: 'linux' | 'darwin';
  /** The node that runs; null where it is down. */
  readonly ownPid: number | null;
  /** The node as it is now, whose network is asked for its forks; null where nothing is known of it. */
  readonly present: LookedAtNode | null;
  /** The data is copied before the switch, so that there is a way back. */
  readonly hasBackup: boolean;
  /** The old program is to return by itself. */
  readonly rollback: boolean;
  /** A program that ran here before returns. */
  readonly isRollback: boolean;
}

/** What speaks against an upgrade, and what an operator should know before; a line each. */
export interface UpgradeCheck {
  readonly refusals: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Checks an upgrade while the node still runs: what the new release makes of the arguments and of the data, whether it has the forks of the
 * network, and whether there is a way back. Nothing is changed.
 */
export async function checkUpgrade(upgrade: CheckedUpgrade): Promise<UpgradeCheck> {
  const { from, to, platform, ownPid } = upgrade;
  const { findings: changed, defaults, data } = compared(upgrade);
  const mainnetGrowthBytes = data.reduce((sum, { mainnetBytes }) => sum + mainnetBytes, 0);
  const place = { platform, ownPid, mainnetGrowthBytes };
  const { problems, findings: all } = await examineLaunch({ ...to, ...place });
  const fork = await lackedFork(upgrade);
  // Of arguments that stay only what changes is worth a word: the node runs with them.
  const findings = isDeepStrictEqual(from.args, to.args) ? changed : all;
  const graveProblems = problems.filter(({ severity }) => severity === 'error');
  const graveFindings = findings.filter(({ severity }) => severity === 'error');
  const lighter = [...findings, ...problems].filter(({ severity }) => severity === 'warning');
  return {
    refusals: [
      ...otherProgram(from, to),
      ...(upgrade.isRollback ? [] : downgrade(from, to)),
      ...[...graveFindings, ...graveProblems].map(inOneLine),
      ...(fork?.isGrave ? [fork.words] : []),
      ...noWayBack(upgrade, data),
    ],
    notes: [
      ...lighter.map(inOneLine),
      ...(fork && !fork.isGrave ? [fork.words] : []),
      ...costsOfReturn(data),
      ...defaults.map(
        ({ flag, from: before, to: after }) =>
          `the default of --${flag} changes from ${before || 'none'} to ${after || 'none'}`,
      ),
    ],
  };
}

type Compared = ReturnType<typeof compareReleases>;

/** What a way back would cost; nothing where there is none. */
function costsOfReturn(data: Compared['data']): readonly string[] {
  if (!data.every(isLossy)) return [];
  return data.map(({ what, loses }) => `it writes ${what}: a program before it ${loses}`);
}

const isLossy = ({ loses }: Compared['data'][number]): boolean => loses !== null;

function noWayBack(
  { hasBackup, rollback, isRollback }: CheckedUpgrade,
  data: Compared['data'],
): readonly string[] {
  const doors = data.filter((change) => !isLossy(change)).map(({ what }) => what);
  if (doors.length === 0 || hasBackup || !rollback || isRollback) return [];
  return [
    `there is no way back once it has run, as it writes ${doors.join(', and ')}: --backup DIR keeps one, --no-rollback does without`,
  ];
}

/** The first fork of the network that the new program lacks; grave where it has passed, or the program that runs has it. Null where none is known. */
async function lackedFork({ present, to }: CheckedUpgrade) {
  if (present === null) return null;
  // A supervisor that upgrades nothing does not load it.
  const { lookAtForks } = await import('./look-at-forks.ts');
  const { lackedBySuccessor: fork = null } = await lookAtForks({ ...present, successor: to.node });
  return fork && { words: lackWords(fork), isGrave: fork.known || fork.state === 'passed' };
}

function lackWords(fork: ForkReport): string {
  const what = describeFork({ ...fork, known: true }, Date.now());
  const who = fork.known ? 'the program that runs has it' : fork.reasons.join('; ');
  return `it lacks the hard fork ${what}: ${who}: get a release that has it`;
}

function otherProgram({ node: from }: Launch, { node: to }: Launch): readonly string[] {
  const isKnown = ![from.flavour, to.flavour].includes('unknown');
  // go-wbft comes after gwemix.
  if (!isKnown || (from.flavour === 'geth') === (to.flavour === 'geth')) return [];
  return [`it is ${to.flavour}, which cannot go on with the data of ${from.flavour}`];
}

function downgrade({ node: from }: Launch, { node: to }: Launch): readonly string[] {
  if (from.version === null || to.version === null || from.flavour !== to.flavour) return [];
  const older = from.version.localeCompare(to.version, 'en', { numeric: true }) > 0;
  return older ? [`${to.version} is older than ${from.version}, which runs`] : [];
}

function compared({ from, to, platform }: CheckedUpgrade): Compared {
  if ([from, to].some(({ node }) => node.flavour === 'unknown')) {
    return { findings: [], defaults: [], data: [] };
  }
  const { findings, defaults, data } = compareReleases(
    to.args,
    contextOf(from, platform),
    contextOf(to, platform),
  );
  // Of another program nearly all are others, and say nothing.
  return { findings, data, defaults: from.node.flavour === to.node.flavour ? defaults : [] };
}

const contextOf = ({ env, node, cwd }: Launch, platform: 'linux' | 'darwin') => ({
  ...machineContext(env),
  ...node,
  cwd,
  platform,
});

/** What the command line of a launch tells. */
export const factsOf = (launch: Launch, platform: 'linux' | 'darwin') =>
  deriveNodeFacts(launch.args, contextOf(launch, platform));

/** Why an old release cannot go on with the data as it is now, which the node of a pid may use; a line each, none where it can. */
export async function doorsPassed(
  from: Launch,
  { platform, ownPid }: Pick<CheckedUpgrade, 'platform' | 'ownPid'>,
): Promise<readonly string[]> {
  const { problems } = await examineLaunch({ ...from, platform, ownPid });
  return problems
    .filter(({ check, severity }) => check === 'data directory' && severity === 'error')
    .map(({ message }) => message);
}
