import { describeFork } from '@wemixvisor/forks/describe';
import { sanitizeTerminal } from '@wemixvisor/logs';
import prettyMilliseconds from 'pretty-ms';
import { renderSize } from './size.ts';
import { localTime } from './local-time.ts';
import { renderEvent } from './event.ts';
import { fitScreen, paint, type Screen, type Style } from './fit-screen.ts';
import type { EventReport } from '../report/event-report.ts';
import { isUnsupervised } from '../report/status-exit-code.ts';
import type { StatusReport } from '../report/status-report.ts';
import { exitWords, repairWords } from '../report/exit-words.ts';

/** What happened of late: it is shown below the table. */
interface RecentLines {
  readonly events: readonly EventReport[];
  /** Lines of the node's log. */
  readonly warnings: readonly string[];
}

/** How a status is shown; without a screen in whole lines, without colours. */
export interface StatusView {
  readonly now: number;
  readonly screen?: Screen | null;
  readonly recent?: RecentLines;
}

/** A line of the table; the first seven have a dash where there is nothing to say, others are left out. */
type Row = readonly [label: string, value: string | null, rank?: number, style?: Style | undefined];

const nothing: RecentLines = { events: [], warnings: [] };

/** The status as a table, below a loud line where nobody watches a node that is up. */
export function renderStatus(
  status: StatusReport,
  { now, screen = null, recent = nothing }: StatusView,
): string {
  const rows = [
    ...mainRows(status, now).map(
      ([label, value, ...look]) => [label, value ?? '-', ...look] as Row,
    ),
    ...nextRows(status, now),
  ].flatMap(([label, value, rank, style]) =>
    value === null ? [] : [{ label, lines: [value], rank: rank ?? 0, style }],
  );
  const colour = screen?.colour === true;
  const below = [
    { label: 'Events', lines: recent.events.map((event) => renderEvent(event, colour)), rank: 4 },
    { label: 'Warnings', lines: recent.warnings.map((line) => sanitizeTerminal(line)), rank: 5 },
  ].filter(({ lines }) => lines.length > 0);
  const alarm = isUnsupervised(status) ? [unsupervised(screen)] : [];
  const room = screen === null ? null : { ...screen, rows: screen.rows - alarm.length };
  return [...alarm, ...fitScreen([...rows, ...below], room)].map((line) => `${line}\n`).join('');
}

function unsupervised(screen: Screen | null): string {
  const words = 'UNSUPERVISED: nobody restarts this node; wemixvisor start takes it up';
  return screen?.colour === true ? paint(['bold', 'red'], words) : words;
}

function mainRows(status: StatusReport, now: number): readonly Row[] {
  const { crash, health, operator } = status.restarts;
  const counted = [
    crash > 0 ? `${crash} after a crash` : null,
    health > 0 ? `${health} for health` : null,
    operator > 0 ? `${operator} by the operator` : null,
  ].filter((part) => part !== null);
  const restarts = [status.restart_count, counted.length > 0 ? ` (${counted.join(', ')})` : ''];
  return [
    ['State', renderState(status, now), 0, stateStyle(status)],
    ['PID', status.pid?.toString() ?? null, 1],
    ['Uptime', status.uptime_seconds === null ? null : renderSpan(status.uptime_seconds * 1000), 1],
    ['Restarts', restarts.join('')],
    ['Health', renderHealth(status), 0, healthStyle(status)],
    ['Version', status.version, 2],
    ['Network', status.network, 1],
  ];
}

function nextRows(status: StatusReport, now: number): readonly Row[] {
  const { health, last_exit: exit, next_action: next, binary, usage } = status;
  const isReplaced = status.binary_replaced === true;
  return [
    ['Since', renderSince(status, now)],
    ['Checked', renderCheckAge(health, now), 2],
    ['Head', renderHead(health)],
    ['Peers', health?.checks.peer_count.peers?.toString() ?? null],
    ['Sync', renderSync(health)],
    ['Endpoint', renderEndpoint(status), 3],
    ['CPU', usage === null ? null : `${usage.cpu_percent} % of a core`, 2],
    ['Memory', usage === null ? null : renderSize(usage.memory_bytes), 2],
    [
      'Program',
      isReplaced ? `${binary}: replaced since the start, a restart runs the new one` : null,
    ],
    ['Fork', status.missing_fork ? describeFork(status.missing_fork, now) : null, 0, bad],
    ['Upgrade', status.state === 'upgrading' ? null : (status.upgrade?.phase ?? null)],
    ['Reason', status.reason],
    ['Last exit', exit === null ? null : renderExit(exit, now)],
    // While the node is down, this is its reason.
    ['Cause', status.pid === null ? null : renderLine(exit?.diagnosis?.summary), 1],
    ['Evidence', renderLine(exit?.diagnosis?.evidence), 1],
    ['Last line', exit?.diagnosis?.evidence ? null : renderLine(exit?.last_line), 1],
    ['Repair', status.repair === null ? null : repairWords(status.repair), 2],
    ['Remedy', status.pid === null ? renderLine(exit?.diagnosis?.remedy) : null],
    ['Next', next === null ? null : renderNext(next, now)],
    ['Supervisor', renderSupervisor(status), 2],
    ['Problem', status.problems?.join('; ') || null],
    ['Log', status.log_file, 3],
  ];
}

const good = 'green';
const uneasy = 'yellow';
const bad = 'red';

function stateStyle({ state }: StatusReport): Style {
  if (state === 'running') return good;
  if (state === 'stopped') return 'dim';
  return state === 'crashed' || state === 'error' ? bad : uneasy;
}

function healthStyle({ health }: StatusReport): Style | undefined {
  if (health === null || health.status === 'unknown') return undefined;
  return { healthy: good, degraded: uneasy, unhealthy: bad }[health.status] as Style;
}

/** Since when the node is in its state; a supervisor of 0.4.0 does not say it. */
function renderSince({ state_since: since }: StatusReport, now: number): string | null {
  if (!since) return null;
  return `${localTime(Date.parse(since))} (${renderSpan(now - Date.parse(since))} ago)`;
}

/** What the node is and does: `stopping (writing cached state, 42s)`. */
export function renderState(status: StatusReport, now: number): string {
  const { state, adopted, stop_phase: phase } = status;
  if (phase === null) return adopted ? `${state} (adopted)` : state;
  return `${state} (${phase.what}, ${renderSpan(now - Date.parse(phase.since))})`;
}

function renderHealth({ health, pid }: StatusReport): string | null {
  if (pid === null || health === null) return null;
  const because = health.status === 'healthy' ? health.phase : health.reason;
  return `${health.status} (${because})`;
}

/** How old the figures of the node are; before its first answer there are none. */
function renderCheckAge(health: StatusReport['health'], now: number): string | null {
  if (health === null || health.checks.rpc_endpoint.healthy === null) return null;
  return `${renderSpan(now - Date.parse(health.timestamp))} ago`;
}

/** An endpoint that the operator named may be anybody's. */
function renderEndpoint({ endpoint, endpoint_source: source }: StatusReport): string | null {
  return source === 'rpc_url' ? `${endpoint} (named by --rpc-url, not verified)` : endpoint;
}

function renderHead(health: StatusReport['health']): string | null {
  const head = health?.head ?? null;
  if (head === null) return null;
  const { number, age_seconds: age } = head;
  return age === null ? `${number}` : `${number}, ${renderSpan(age * 1000)} old when last seen`;
}

function renderSync(health: StatusReport['health']): string | null {
  const sync = health?.sync ?? null;
  if (health === null || sync === null) return null;
  const { percent, eta_seconds: eta } = sync;
  const { current_block: current, highest_block: highest } = health.checks.sync_status;
  const left = eta === null ? '' : `, ${renderSpan(eta * 1000)} to go`;
  return `${current ?? '?'} of ${highest ?? '?'}${percent === null ? '' : ` (${percent} %)`}${left}`;
}

function renderExit(exit: NonNullable<StatusReport['last_exit']>, now: number): string {
  const ago = renderSpan(now - Date.parse(exit.at));
  const forced = exit.forced ? ', FORCED: wemixvisor killed it' : '';
  return `${exitWords(exit)}, ${ago} ago${forced}`;
}

function renderLine(line: string | null | undefined): string | null {
  return line ? sanitizeTerminal(line.trim()) : null;
}

/** What comes next: `restart in 5s`. */
export function renderNext(
  { what, at }: NonNullable<StatusReport['next_action']>,
  now: number,
): string {
  if (what === 'check') return 'started by itself when this has cleared (a look every 10 s)';
  return `${what} in ${renderSpan(Date.parse(at) - now)}`;
}

function renderSupervisor({ supervisor_pid: pid, state }: StatusReport): string {
  if (pid !== null) return `pid ${pid}`;
  return state === 'stopped' ? 'not running' : 'not running: start takes the node up again';
}

/** A span of time in whole seconds, as in `2h 30m 45s`, or in its first units alone. */
export function renderSpan(milliseconds: number, unitCount = Number.POSITIVE_INFINITY): string {
  const seconds = Math.floor(milliseconds / 1000);
  return seconds < 1 ? '0s' : prettyMilliseconds(seconds * 1000, { unitCount });
}
