import type { DashboardFacts, HealthFacts, StatusFacts } from '../facts.ts';
import { oneLine, type Pen, type Tone } from './pen.ts';
import { clock, span } from './words.ts';

/** Milliseconds without an answer after which the screen says so. */
const silentMs = 5_000;

/** Milliseconds after which a check is called old: four times the usual interval. */
export const oldCheckMs = 120_000;

/** The first lines: where, how it is, and what it is. */
export function header(facts: DashboardFacts, now: number, pen: Pen): readonly string[] {
  const { status, place } = facts;
  const which = place === null ? '' : `home ${place.at}/${place.of} `;
  const title = `${pen.paint('strong', 'wemixvisor')}  ${which}${oneLine(facts.home)}`;
  const pid = pen.rows < 16 && status !== null && status.pid !== null ? `pid ${status.pid} · ` : '';
  const lines = [pen.between(title, pen.paint('dim', `${pid}${clock(new Date(now))}`))];
  if (status === null) return lines;
  lines.push(pen.between(stateLine(facts, status, now, pen), watchLine(facts, status, now, pen)));
  return pen.rows < 16 ? lines : [...lines, identityLine(status, now, pen)];
}

function stateLine(facts: DashboardFacts, status: StatusFacts, now: number, pen: Pen): string {
  const { state, stop_phase: phase, adopted } = status;
  const state_ = pen.paint(toneOf(status), state.toUpperCase());
  if (phase !== null) return `${state_}  ${phase.what}, ${span(now - Date.parse(phase.since))}`;
  const how = status.pid === null ? null : healthWords(status.health);
  const alerts = facts.alerts === null ? null : alertWords(facts.alerts.length, pen);
  const words = [
    downFor(status, now),
    how,
    status.upgrade?.phase ?? null,
    alerts,
    pen.rows < 16 && adopted ? 'adopted' : null,
  ];
  return `${state_}  ${words.filter((word) => word !== null).join(', ')}`.trimEnd();
}

/** How long a node has been down. A supervisor of 0.4.0 does not say it. */
function downFor({ pid, state_since: since }: StatusFacts, now: number): string | null {
  return pid !== null || !since ? null : `for ${span(now - Date.parse(since))}`;
}

function alertWords(count: number, pen: Pen): string | null {
  if (count === 0) return pen.columns < 64 ? null : 'no alerts';
  return pen.paint('bad', count === 1 ? '1 alert' : `${count} alerts`);
}

/** While a check fails its reason stands in a line of its own. */
function healthWords(health: HealthFacts | null): string | null {
  if (health === null) return null;
  return health.status === 'healthy' ? `healthy (${health.phase})` : health.status;
}

/** The tone of a state: green for a node that is up, watched and well. */
function toneOf({ state, health, supervisor_pid: supervisor }: StatusFacts): Tone {
  if (state === 'crashed' || state === 'error') return 'alarm';
  if (state === 'stopped') return 'strong';
  if (state !== 'running' || supervisor === null) return 'warn';
  if (health?.status === 'unhealthy') return 'bad';
  return health?.status === 'degraded' ? 'warn' : 'good';
}

/** Who watches, and how old the figures of the node are. */
function watchLine(facts: DashboardFacts, status: StatusFacts, now: number, pen: Pen): string {
  const { supervisor_pid: supervisor, pid } = status;
  const { lastHealth: health } = facts;
  const isChecked = health !== null && health.checks.rpc_endpoint.healthy !== null;
  const age = isChecked && pid !== null ? now - Date.parse(health.timestamp) : null;
  const checked = age === null ? null : `checked ${span(age)} ago`;
  const tone = age !== null && age >= oldCheckMs ? 'warn' : 'dim';
  const by = supervisor === null || pen.columns < 64 ? null : `supervisor ${supervisor}`;
  return pen.paint(tone, [by, checked].filter((word) => word !== null).join(' · '));
}

function identityLine(status: StatusFacts, now: number, pen: Pen): string {
  const { version, network, pid, started_at: started, restarts, adopted } = status;
  const counts = [
    restarts.crash > 0 ? `${restarts.crash} after a crash` : null,
    restarts.health > 0 ? `${restarts.health} for health` : null,
    restarts.operator > 0 ? `${restarts.operator} by the operator` : null,
  ].filter((count) => count !== null);
  const total = status.restart_count;
  const restarted = `${total === 0 ? 'no' : total} restart${total === 1 ? '' : 's'}`;
  const words = [
    pid === null ? null : `pid ${pid}${adopted ? ' (adopted)' : ''}`,
    pid === null || started === null ? null : `up ${span(now - Date.parse(started))}`,
    counts.length === 0 || pen.columns < 100 ? restarted : `${restarted} (${counts.join(', ')})`,
    network,
    version === null ? null : shortVersion(version),
  ];
  return pen.cut(oneLine(words.filter((word) => word !== null).join(' · ')));
}

/** `Geth/v1.16.9-stable-95665d57/linux-amd64/go1.25.1` as `Geth/v1.16.9-stable`. */
function shortVersion(version: string): string {
  return version
    .split('/')
    .slice(0, 2)
    .join('/')
    .replace(/-[0-9a-f]{8}.*$/, '');
}

/** What the operator has to know first, the worst above. */
export function troubles(facts: DashboardFacts, now: number, pen: Pen): readonly string[] {
  const { status, statusAt, problem } = facts;
  if (status === null) {
    const why = problem ?? (statusAt === null ? 'asking the supervisor' : 'nothing is known');
    return [pen.cut(pen.paint(problem === null ? null : 'bad', oneLine(why)))];
  }
  const { state, supervisor_pid: supervisor, pid, next_action: next, health, last_exit } = status;
  const isDown = state === 'crashed' || state === 'error';
  const silentFor = now - (statusAt ?? now);
  const lines: (readonly [Tone, string] | null)[] = [
    supervisor !== null
      ? null
      : pid !== null
        ? [
            'alarm',
            `UNSUPERVISED: nobody restarts this node${pen.columns < 80 ? '' : '; wemixvisor start watches it again'}`,
          ]
        : ['warn', 'no supervisor: wemixvisor start'],
    silentFor < silentMs ? null : ['alarm', `no answer from the supervisor for ${span(silentFor)}`],
    problem === null ? null : ['bad', problem],
    status.reason === null ? null : [isDown ? 'bad' : 'warn', status.reason],
    next === null ? null : ['strong', nextWords(next, now)],
    ...healthTroubles(health, pid),
    isDown && last_exit?.diagnosis ? ['strong', `what to do: ${last_exit.diagnosis.remedy}`] : null,
  ];
  return lines
    .filter((line) => line !== null)
    .flatMap(([tone, text]) => {
      // An alarm has a space on each side, which its colour fills.
      const edge = tone === 'alarm' ? ' ' : '';
      const most = pen.rows < 16 ? 1 : 2;
      const wrapped = pen.wrap(oneLine(text), most, pen.columns - 2 * edge.length);
      return wrapped.map((line) => pen.paint(tone, `${edge}${line}${edge}`));
    });
}

function healthTroubles(
  health: HealthFacts | null,
  pid: number | null,
): readonly (readonly [Tone, string])[] {
  if (health === null || pid === null || health.status === 'healthy') return [];
  const tone = health.status === 'unhealthy' ? 'bad' : 'warn';
  const why = health.status === 'unknown' ? [] : [[tone, health.reason] as const];
  return health.next === null ? why : [...why, ['strong', `next: ${health.next}`]];
}

function nextWords({ what, at }: NonNullable<StatusFacts['next_action']>, now: number): string {
  if (what === 'check') return 'started by itself when this has cleared';
  const left = Date.parse(at) - now;
  return left <= 0 ? `the ${what} is due` : `${what} in ${span(Math.ceil(left / 1000) * 1000)}`;
}
