import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { valueTypes } from '@wemixvisor/config-file';
import { parseTimeExpression } from '@wemixvisor/logs';
import { redactText } from '@wemixvisor/passthrough';
import { isIntact, stageProgram } from '@wemixvisor/upgrade';
import { AppError, messageOf, usageError } from '../../app-error.ts';
import type { CommandContext } from '../../context.ts';
import type { UpgradeRequest } from '../../control/operations.ts';
import { programVersion } from '../../report/program-version.ts';
import { readSettings } from '../../settings/read-settings.ts';
import { detectNode } from '../../state/detect-node.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import type { LaunchFile } from '../../state/launch-file.ts';
import type { Launch } from '../../state/launch.ts';
import { checkUpgrade } from '../../supervisor/check-upgrade.ts';
import { describeLaunch } from '../../supervisor/describe-launch.ts';

/** What was typed. */
export interface TypedUpgrade {
  readonly file: string;
  readonly sha256: string | undefined;
  readonly now: boolean;
  readonly at: string | undefined;
  readonly before: string | undefined;
  readonly atHeight: string | undefined;
  readonly idle: boolean;
  readonly watch: string;
  readonly noRollback: boolean;
  readonly backup: string | undefined;
  readonly hook: string | undefined;
  readonly force: boolean;
}

/** What an upgrade is planned from, beside what was typed. */
interface PlannedFrom {
  readonly context: CommandContext;
  readonly paths: HomePaths;
  readonly known: LaunchFile;
  /** The node that runs; null where it is down. */
  readonly ownPid: number | null;
  /** Hears what an operator should know before. */
  readonly note: (line: string) => void;
}

/**
 * Stages the new program, checks it beside the node that runs, and gives the request for it.
 *
 * @throws AppError for a command line that is wrong, a program that cannot be staged, and what the checks refuse.
 */
export async function planUpgrade(
  typed: TypedUpgrade,
  { context, paths, known, ownPid, note }: PlannedFrom,
): Promise<UpgradeRequest> {
  const { line, platform, cwd } = context;
  const watchMs = spanOf('--watch', typed.watch);
  const { settings } = readSettings(known.sources, { standard: paths.config, uid: context.uid });
  const schedule = scheduleOf(typed, new Date(), watchMs + settings.stopTimeout);
  const [backup, hook] = [typed.backup, typed.hook].map((path) =>
    path === undefined ? null : resolve(cwd, path),
  );
  const { launch: from } = known;
  refuseBackup(from, backup ?? null);
  const { program, sha256, node } = await stage(resolve(cwd, typed.file), typed.sha256, {
    paths,
    from,
  });
  const to: Launch = { ...from, file: program, node, args: line.separated ? line.node : from.args };
  const ways = { hasBackup: typeof backup === 'string', rollback: !typed.noRollback };
  const description = describeLaunch(from, { ...settings, platform });
  const present = { paths, description, pid: ownPid, settings };
  const checked = { ...{ from, to, platform, ownPid, present }, ...ways, isRollback: false };
  const { refusals, notes } = await checkUpgrade(checked);
  for (const text of notes) note(`wemixvisor: ${text}`);
  const all = [
    ...(program === from.file ? [`it is the program that runs: ${program}`] : []),
    ...refusals,
  ];
  if (all.length > 0 && !typed.force) throw refused(all, to);
  for (const text of all) note(`wemixvisor: --force overrides: ${text}`);
  return {
    launch: to,
    sha256,
    schedule,
    watchMs,
    rollback: !typed.noRollback,
    keepsArguments: !line.separated,
    backup: backup ?? null,
    hook: typeof hook === 'string' ? [hook] : null,
    // It is kept in a file that has no secrets.
    forced: all.map(redactText),
  };
}

function refused(refusals: readonly string[], { node }: Launch): AppError {
  const what = programVersion(node) ?? 'this program';
  const lines = refusals.map((text) => `\n  ${text}`).join('');
  return new AppError(`not upgraded to ${what}; the node is untouched; --force overrides:${lines}`);
}

/** Stages the program, and asks the copy for its version. */
async function stage(
  file: string,
  sha256: string | undefined,
  { paths, from }: { readonly paths: HomePaths; readonly from: Launch },
) {
  try {
    if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
      throw new Error(`there is no file ${file}: name the new program of the node`);
    }
    // Nothing is executed that is not what it should be; the version is in the name of the copy, so it is asked first.
    if (sha256 !== undefined && !(await isIntact(file, sha256.toLowerCase()))) {
      throw new Error(`${file} has not the SHA-256 ${sha256}: fetch it again, and compare`);
    }
    const { version } = await detectNode(file, paths.versions);
    const folder = paths.binaries;
    const staged = stageProgram({ file, folder, version, sha256, inUse: [from.file] });
    return { ...staged, node: await detectNode(staged.program, paths.versions) };
  } catch (error) {
    throw new AppError(messageOf(error), { cause: error });
  }
}

function refuseBackup({ args, cwd }: Launch, backup: string | null): void {
  if (backup === null) return;
  if (args.some((arg) => /^--?datadir\.ancient(?:=|$)/.test(arg))) {
    throw usageError(
      '--backup copies the data directory, and --datadir.ancient keeps old blocks elsewhere',
    );
  }
  const at = args.findIndex((arg) => /^--?datadir(?:=|$)/.test(arg));
  const given = args[at]?.split('=')[1] ?? args[at + 1];
  if (at >= 0 && given !== undefined && `${backup}/`.startsWith(`${resolve(cwd, given)}/`)) {
    throw usageError(`--backup ${backup} is inside of the data directory: name another folder`);
  }
}

/** When the switch may begin, by what was typed; `marginMs` is what a stop and the watch take at most. */
export function scheduleOf(
  typed: Pick<TypedUpgrade, 'now' | 'at' | 'before' | 'atHeight' | 'idle'>,
  now: Date,
  marginMs: number,
): UpgradeRequest['schedule'] {
  const { at, before, atHeight, idle } = typed;
  const given = [
    typed.now && '--now',
    at && '--at',
    before && '--before',
    atHeight && '--at-height',
  ];
  const named = given.filter((option) => typeof option === 'string' && option !== '');
  if (named.length > 1) throw usageError(`${named.join(' and ')} exclude each other`);
  return {
    notBefore: at === undefined ? null : timeAhead('--at', at, now),
    latest: before === undefined ? null : latestStart(before, now, marginMs),
    height: atHeight === undefined ? null : heightOf(atHeight),
    idle: idle || before !== undefined,
  };
}

function latestStart(before: string, now: Date, marginMs: number): number {
  const latest = timeAhead('--before', before, now) - marginMs;
  if (latest > now.getTime()) return latest;
  const minutes = Math.ceil(marginMs / 60_000);
  throw usageError(
    `--before ${before} is too soon: a stop and the watch take up to ${minutes} minutes`,
  );
}

const dayMs = 86_400_000;

function timeAhead(option: string, text: string, now: Date): number {
  let time: number;
  try {
    time = parseTimeExpression(text, now).getTime();
  } catch (error) {
    throw usageError(`${option}: ${messageOf(error)}`);
  }
  // A time of day that is over is that of tomorrow.
  if (time <= now.getTime() && /^\d{1,2}:\d\d/.test(text)) time += dayMs;
  if (time > now.getTime()) return time;
  throw usageError(
    `${option} ${text} is over: give a time to come, such as 23:30, +2h or 2026-12-03T12:00Z`,
  );
}

function heightOf(text: string): number {
  const height = Number(text.replaceAll(/[_,]/g, ''));
  if (Number.isSafeInteger(height) && height > 0) return height;
  throw usageError(`--at-height ${text} is no block number`);
}

function spanOf(option: string, text: string): number {
  const span = valueTypes.duration.parse(text);
  if (span !== undefined) return span;
  throw usageError(`${option} ${text}: it has to be ${valueTypes.duration.expected}`);
}
