import { sanitizeTerminal } from '@wemixvisor/logs';
import prettyMilliseconds from 'pretty-ms';
import type { StatusReport } from '../report/status-report.ts';
import { exitWords, repairWords, tellingLine } from '../report/exit-words.ts';

/** A line of the table. */
type Row = readonly [label: string, value: string | null];

/**
 * The status as a table. Rows without a value are left out, except for the first seven.
 */
export function renderStatus(status: StatusReport, now: number): string {
  const rows = [
    ...mainRows(status, now),
    ...nextRows(status, now).filter(([, value]) => value !== null),
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 1;
  return rows
    .map(([label, value]) => `${`${label}:`.padEnd(width + 1)} ${value ?? '-'}\n`)
    .join('');
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
    ['State', renderState(status, now)],
    ['PID', status.pid?.toString() ?? null],
    ['Uptime', status.uptime_seconds === null ? null : renderSpan(status.uptime_seconds * 1000)],
    ['Restarts', restarts.join('')],
    ['Health', renderHealth(status)],
    ['Version', status.version],
    ['Network', status.network],
  ];
}

function nextRows(status: StatusReport, now: number): readonly Row[] {
  const { health, last_exit: exit, next_action: next } = status;
  return [
    ['Checked', renderCheckAge(health, now)],
    ['Head', renderHead(health)],
    ['Peers', health?.checks.peer_count.peers?.toString() ?? null],
    ['Sync', renderSync(health)],
    ['Endpoint', renderEndpoint(status)],
    ['CPU', status.usage === null ? null : `${status.usage.cpu_percent} % of a core`],
    ['Memory', status.usage === null ? null : renderBytes(status.usage.memory_bytes)],
    ['Reason', status.reason],
    ['Last exit', exit === null ? null : renderExit(exit, now)],
    // While the node is down, this is its reason.
    ['Cause', status.pid === null ? null : renderLine(exit?.diagnosis?.summary)],
    ['Last words', renderLine(tellingLine(exit))],
    ['Repair', status.repair === null ? null : repairWords(status.repair)],
    ['Remedy', status.pid === null ? renderLine(exit?.diagnosis?.remedy) : null],
    ['Next', next === null ? null : renderNext(next, now)],
    ['Supervisor', renderSupervisor(status)],
    ['Problem', status.problems?.join('; ') || null],
    ['Log', status.log_file],
  ];
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
  return line === null || line === undefined ? null : sanitizeTerminal(line.trim());
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

/** A number of bytes in a suitable unit, as in `1.5 GiB`. */
function renderBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log2(Math.max(1, bytes)) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power] ?? 'B'}`;
}

/** A span of time in whole seconds, as in `2h 30m 45s`. */
export function renderSpan(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return seconds < 1 ? '0s' : prettyMilliseconds(seconds * 1000);
}
