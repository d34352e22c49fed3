import { isDeepStrictEqual } from 'node:util';
import { compareReleases, deriveNodeFacts } from '@wemixvisor/passthrough/geth';
import { machineContext } from '@wemixvisor/passthrough/geth/node';
import type { Launch } from '../state/launch.ts';
import { examineLaunch } from './examine-launch.ts';

/** What is to be checked. */
export interface CheckedUpgrade {
  readonly from: Launch;
  readonly to: Launch;
  readonly platform: 'linux' | 'darwin';
  /** The node that runs; null where it is down. */
  readonly ownPid: number | null;
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
 * Checks an upgrade while the node still runs: what the new release makes of the arguments, what it makes of the data, and whether there is a way
 * back. Nothing is changed.
 */
export async function checkUpgrade(upgrade: CheckedUpgrade): Promise<UpgradeCheck> {
  const { from, to, platform, ownPid } = upgrade;
  const { problems, findings: all } = await examineLaunch({ ...to, platform, ownPid });
  const { findings: changed, defaults } = compared(upgrade);
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
      ...noWayBack(upgrade),
    ],
    notes: [
      ...lighter.map(inOneLine),
      ...defaults.map(
        ({ flag, from: before, to: after }) =>
          `the default of --${flag} changes from ${before || 'none'} to ${after || 'none'}`,
      ),
    ],
  };
}

const inOneLine = ({ message, remedy }: { readonly message: string; readonly remedy: string }) =>
  `${message.replace(/\.$/, '')}: ${remedy}`;

/** One-way doors that a release opens in the data as it is used, by what the two releases read; a line each. */
function oneWayDoors({ from, to, platform }: CheckedUpgrade): readonly string[] {
  const [before, after] = [from, to].map((launch) => factsOf(launch, platform).freezerFormat);
  // core/rawdb/freezer_meta.go of geth: written anew by 1.15.0 and later.
  return before && after && before < after
    ? ['it writes the metadata of old blocks as releases before 1.15.0 cannot read them']
    : [];
}

function noWayBack(upgrade: CheckedUpgrade): readonly string[] {
  const doors = oneWayDoors(upgrade);
  if (doors.length === 0 || upgrade.hasBackup || !upgrade.rollback || upgrade.isRollback) return [];
  return [
    `there is no way back once it has run, as ${doors.join(', and ')}: --backup DIR keeps one, --no-rollback does without`,
  ];
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

function compared({ from, to, platform }: CheckedUpgrade): ReturnType<typeof compareReleases> {
  if ([from, to].some(({ node }) => node.flavour === 'unknown')) {
    return { findings: [], defaults: [] };
  }
  const { findings, defaults } = compareReleases(
    to.args,
    contextOf(from, platform),
    contextOf(to, platform),
  );
  // Of another program nearly all are others, and say nothing.
  return { findings, defaults: from.node.flavour === to.node.flavour ? defaults : [] };
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
