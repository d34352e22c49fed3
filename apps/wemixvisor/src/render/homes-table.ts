import { concernOf, type Concern, type HomeReport } from '../report/homes-report.ts';
import { isUnsupervised } from '../report/status-exit-code.ts';
import { homeName } from './home-name.ts';
import { renderNext, renderSpan } from './status-table.ts';
import { cellText, columnWidth, cutStart, tableLines, type Cell, type Column } from './table.ts';

/** Where the table is shown. */
export interface HomesTable {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Columns of the terminal; null where there is none. */
  readonly width: number | null;
  readonly colour: boolean;
  /** Written as `~`. */
  readonly homeDirectory: string;
}

/** A line for each home; on a terminal as many columns as it has room for, elsewhere all. */
export function renderHomes(homes: readonly HomeReport[], table: HomesTable): string {
  const width = table.width ?? Number.POSITIVE_INFINITY;
  const [titles = '', ...lines] = tableLines(fitting(columnsOf(homes, table), width), width);
  const coloured = homes.map((home, at) => {
    const colour = table.colour ? colours[concernOf(home)] : null;
    return colour === null ? lines[at] : `\u001b[${colour}m${lines[at]}\u001b[0m`;
  });
  return [titles, ...coloured].map((line) => `${line}\n`).join('');
}

/** SGR parameters: red, bold red, yellow, dim. */
const colours: Readonly<Record<Concern, string | null>> = {
  unknown: '31',
  failed: '31',
  unsupervised: '1;31',
  unwell: '33',
  down: '2',
  fine: null,
};

/** A column, and whether it gives way where the terminal is too narrow: the highest number first, 0 never. */
interface HomeColumn extends Column {
  readonly spare: number;
}

function columnsOf(homes: readonly HomeReport[], table: HomesTable): readonly HomeColumn[] {
  const column = (title: string, spare: number, cell: (home: HomeReport) => Cell) => {
    const right = ['PID', 'UPTIME', 'HEAD', 'PEERS', 'RESTARTS'].includes(title);
    return { title, spare, right, texts: homes.map((home) => cellText(() => cell(home))) };
  };
  return [
    column('HOME', 0, (home) => placeOf(home, table)),
    column('STATE', 0, stateOf),
    column('PID', 3, ({ status }) => status?.pid),
    column('UPTIME', 0, uptimeOf),
    column('HEALTH', 0, ({ status }) => status?.health?.status),
    column('HEAD', 1, ({ status }) => status?.health?.head?.number),
    column('PEERS', 2, ({ status }) => status?.health?.checks.peer_count.peers),
    column('RESTARTS', 4, ({ status }) => status?.restart_count || null),
    column('NETWORK', 5, ({ status }) => status?.network),
    column('VERSION', 6, ({ status }) => shortVersion(status?.version ?? '')),
    column('REASON', 0, (home) => reasonOf(home, table.now)),
  ];
}

/** The least room in which a reason tells anything. */
const leastReason = 24;

/** Without the columns that have nothing to say, and those that there is no room for. */
function fitting(all: readonly HomeColumn[], width: number): readonly HomeColumn[] {
  const shown = all.filter(({ texts }) => texts.some((text) => text !== ''));
  const needed = shown.reduce((sum, column) => {
    const natural = columnWidth(column) + 2;
    return sum + (column.title === 'REASON' ? Math.min(natural, leastReason) : natural);
  }, -2);
  const leastWanted = Math.max(0, ...shown.map(({ spare }) => spare));
  if (needed <= width || leastWanted === 0) return shown;
  return fitting(
    shown.filter(({ spare }) => spare !== leastWanted),
    width,
  );
}

function placeOf({ home }: HomeReport, { homeDirectory, width }: HomesTable): string {
  const shown = cellText(() => homeName(home, homeDirectory));
  return width === null ? shown : cutStart(shown, Math.max(16, Math.floor(width / 3)));
}

function stateOf(home: HomeReport): string {
  const { status, problem } = home;
  if (status === null) return problem === null ? 'never started' : 'unknown';
  return isUnsupervised(status) ? 'UNSUPERVISED' : status.state;
}

function uptimeOf({ status }: HomeReport): string | null {
  const seconds = status?.uptime_seconds ?? null;
  return seconds === null ? null : renderSpan(seconds * 1000, 2);
}

/** `Geth/v1.16.9` of `Geth/v1.16.9-stable-95665d57/linux-amd64/go1.25.1`, and `1.16.9` of `1.16.9-stable`. */
const shortVersion = (version: string) =>
  /^(?:[^/]+\/v?)?\d+(?:\.\d+)*/.exec(version)?.[0] ?? version;

function reasonOf(home: HomeReport, now: number): string | null {
  const { status, problem } = home;
  if (status === null) return problem;
  const { health, reason, next_action: next, stop_phase: phase, upgrade } = status;
  const isUnwell = health !== null && ['unhealthy', 'degraded'].includes(health.status);
  const parts = [
    isUnsupervised(status) ? 'no supervisor: wemixvisor start takes it up again' : null,
    phase?.what,
    reason,
    status.state === 'upgrading' ? null : upgrade?.phase,
    isUnwell ? health.reason : null,
    next === null ? null : renderNext(next, now),
  ];
  return parts.filter(Boolean).join('; ');
}
