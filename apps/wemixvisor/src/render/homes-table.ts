import prettyMilliseconds from 'pretty-ms';
import {
  concernOf,
  isUnsupervised,
  type Concern,
  type HomeReport,
} from '../report/homes-report.ts';
import { renderNext } from './status-table.ts';
import { columnWidth, cutStart, renderTable, type Column } from './table.ts';

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

type HomeColumn = Column<HomeReport>;

/** A line for each home; on a terminal as many columns as it has room for. */
export function renderHomes(homes: readonly HomeReport[], table: HomesTable): string {
  const { width, colour } = table;
  const columns = fitting(columnsOf(table), homes, width ?? Number.POSITIVE_INFINITY);
  const colourOf = (home: HomeReport) => (colour ? colours[concernOf(home)] : null);
  return renderTable(columns, homes, { width, colour: colourOf });
}

/** SGR parameters: bold red, red, yellow, dim. A node without a supervisor is as urgent as a failed one. */
const colours: Readonly<Record<Concern, string | null>> = {
  unknown: '31',
  failed: '31',
  attention: '33',
  down: '2',
  fine: null,
};

/** In the order in which they are shown; `spare` ones give way where the terminal is too narrow, the highest number first. */
function columnsOf({ now, width, homeDirectory }: HomesTable): (HomeColumn & { spare: number })[] {
  const place = ({ home }: HomeReport) => {
    const shown = tilde(home, homeDirectory);
    return width === null ? shown : cutStart(shown, Math.max(16, Math.floor(width / 3)));
  };
  return [
    { title: 'HOME', cell: place, spare: 0 },
    { title: 'STATE', cell: stateOf, spare: 0 },
    { title: 'PID', cell: ({ status }) => status?.pid, right: true, spare: 3 },
    { title: 'UPTIME', cell: (home) => uptimeOf(home), right: true, spare: 0 },
    { title: 'HEALTH', cell: ({ status }) => status?.health?.status, spare: 0 },
    { title: 'HEAD', cell: ({ status }) => status?.health?.head?.number, right: true, spare: 1 },
    {
      title: 'PEERS',
      cell: ({ status }) => status?.health?.checks.peer_count.peers,
      right: true,
      spare: 2,
    },
    {
      title: 'RESTARTS',
      cell: ({ status }) => status?.restart_count || null,
      right: true,
      spare: 4,
    },
    { title: 'NETWORK', cell: ({ status }) => status?.network, spare: 5 },
    { title: 'VERSION', cell: ({ status }) => shortVersion(status?.version ?? ''), spare: 6 },
    { title: 'REASON', cell: (home) => reasonOf(home, now), spare: 0 },
  ];
}

/** The least room that a reason needs to tell anything. */
const leastReason = 24;

/** Without the columns that have nothing to say, and those that there is no room for. */
function fitting(
  all: readonly (HomeColumn & { readonly spare: number })[],
  homes: readonly HomeReport[],
  width: number,
): readonly HomeColumn[] {
  const sized = all
    .map((column) => ({ column, natural: columnWidth(column, homes), spare: column.spare }))
    .filter(({ column, natural }) => natural > column.title.length || hasCells(column, homes));
  const needed = (shown: typeof sized) =>
    shown.reduce((sum, { column, natural }) => {
      const least = column.title === 'REASON' ? Math.min(natural, leastReason) : natural;
      return sum + least + 2;
    }, -2);
  let shown = sized;
  while (needed(shown) > width) {
    const leastWanted = Math.max(...shown.map(({ spare }) => spare));
    if (leastWanted === 0) break;
    shown = shown.filter(({ spare }) => spare !== leastWanted);
  }
  return shown.map(({ column }) => column);
}

const hasCells = ({ cell }: HomeColumn, homes: readonly HomeReport[]) =>
  homes.some((home) => (cell(home) ?? '') !== '');

function tilde(home: string, homeDirectory: string): string {
  const isUnder = home.startsWith(`${homeDirectory.replace(/\/$/, '')}/`) && homeDirectory !== '/';
  return isUnder ? `~${home.slice(homeDirectory.replace(/\/$/, '').length)}` : home;
}

function stateOf(home: HomeReport): string {
  const { status, problem } = home;
  if (status === null) return problem === null ? 'never started' : 'unknown';
  return isUnsupervised(home) ? 'UNSUPERVISED' : status.state;
}

function uptimeOf({ status }: HomeReport): string | null {
  const seconds = status?.uptime_seconds ?? null;
  return seconds === null ? null : prettyMilliseconds(seconds * 1000, { unitCount: 2 });
}

/** `Geth/v1.16.9` of `Geth/v1.16.9-stable-95665d57/linux-amd64/go1.25.1`. */
const shortVersion = (version: string) => /^[^/]+\/v?\d+(?:\.\d+)*/.exec(version)?.[0] ?? version;

function reasonOf(home: HomeReport, now: number): string {
  const { status, problem } = home;
  if (status === null) return problem ?? '';
  const { health, reason, next_action: next, stop_phase: phase } = status;
  const isUnwell = health !== null && ['unhealthy', 'degraded'].includes(health.status);
  const parts = [
    isUnsupervised(home) ? 'wemixvisor start takes it up again' : null,
    phase?.what,
    reason,
    isUnwell ? health.reason : null,
    next === null ? null : renderNext(next, now),
  ];
  return parts.filter(Boolean).join('; ');
}
