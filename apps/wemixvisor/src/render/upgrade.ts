import { sanitizeTerminal } from '@wemixvisor/logs';
import type {
  ImportedProgram,
  PlannedUpgradeReport,
  UpgradeReport,
} from '../report/upgrade-report.ts';
import { fromTo, upgradeWords } from '../report/upgrade-words.ts';
import { labelledLines } from './labelled-lines.ts';
import { localTime } from './local-time.ts';
import { renderSpan } from './status-table.ts';

/** One line: where an upgrade stands, and how far a copy of the data is. */
export function renderStep({ upgrade, copied }: UpgradeReport): string {
  if (upgrade === null) return 'no upgrade was ever planned in this home';
  const { done_bytes: done, total_bytes: total } = copied ?? { done_bytes: 0, total_bytes: 0 };
  const percent = total === 0 ? '' : ` (copied ${Math.floor((done / total) * 10) * 10} %)`;
  return sanitizeTerminal(`${upgradeWords(upgrade)}${percent}`);
}

/** An upgrade with all that is known of it, a line each. */
export function renderPlan(report: UpgradeReport, now: number): readonly string[] {
  const { upgrade, conditions, watch_ends_at: endsAt } = report;
  if (upgrade === null) return [];
  return labelledLines([
    ['since', since(upgrade.since, now)],
    ['program', upgrade.to.program],
    ['replaces', upgrade.from.program],
    ['when', upgrade.step === 'waiting' ? renderWhen(upgrade) : null],
    [
      'watch',
      `${renderSpan(upgrade.watch_seconds * 1000)}${upgrade.rollback ? '' : ', and never taken back by itself'}`,
    ],
    ['until', endsAt === null ? null : localTime(Date.parse(endsAt))],
    ['backup', upgrade.backup],
    ['put back', upgrade.restore],
    ['forced', upgrade.forced.length === 0 ? null : upgrade.forced.join('; ')],
    ...conditions.map(
      ({ name, state, says }) => [name, `${marks[state]} ${sanitizeTerminal(says)}`] as const,
    ),
    ['remains', upgrade.step === 'held' ? remains(upgrade) : null],
  ]);
}

/** Upgrades that are over, a line each. */
export function renderHistory(upgrades: readonly PlannedUpgradeReport[]): string {
  if (upgrades.length === 0) return 'no upgrade was made in this home';
  return upgrades
    .map(({ since: at, step, from, to, reason }) => {
      const why = reason === null ? '' : `: ${sanitizeTerminal(reason)}`;
      return `${localTime(Date.parse(at))}  ${step.padEnd(9)}  ${fromTo(from.version, to.version)}${why}`;
    })
    .join('\n');
}

/** Programs that were taken over, and how what is to come of them is planned. */
export function renderImport(programs: readonly ImportedProgram[]): string {
  const at = programs.findIndex(({ current }) => current);
  const lines = programs.map(({ name, version, program, current }) =>
    sanitizeTerminal(`${current ? '*' : ' '} ${name}  ${version ?? 'unknown version'}  ${program}`),
  );
  const ahead = programs
    .slice(at + 1)
    .filter(({ height }) => height !== null)
    .map(({ program, height }) => `wemixvisor upgrade ${program} --at-height ${height}`);
  const next = ['', 'wemixvisor start --binary current -- OPTIONS starts the one that is current'];
  return [...lines, ...next, ...ahead].join('\n');
}

const marks = { met: 'yes:', open: 'not yet:', wrong: 'no:', unjudged: 'not judged:' } as const;

const since = (time: string, now: number): string =>
  `${localTime(Date.parse(time))} (${renderSpan(now - Date.parse(time))} ago)`;

function renderWhen({
  not_before: at,
  latest,
  height,
  idle,
  ...plan
}: PlannedUpgradeReport): string {
  const expected = plan.height_expected_at;
  const when = [
    at === null ? null : `at ${localTime(Date.parse(at))}`,
    height === null
      ? null
      : `at height ${height}${expected === null ? '' : `, expected ${localTime(Date.parse(expected))}`}`,
    idle ? 'while the node follows its chain' : null,
    latest === null ? null : `at the latest ${localTime(Date.parse(latest))}`,
  ].filter((part) => part !== null);
  return when.length === 0 ? 'now' : when.join(', ');
}

/** What an operator can do about a program that did not prove itself and stays. */
const remains = ({ backup }: PlannedUpgradeReport): string =>
  backup === null
    ? 'mend what is wrong and leave it; upgrade rollback tries the old program on the data as it is'
    : 'wemixvisor upgrade rollback --restore puts the data of before back, with the old program';
