import type { AlertEvent } from '../settings/alert-events.ts';
import { exitWords } from '../report/exit-words.ts';
import type { Trouble } from './alert.ts';
import type { AlertFacts, AlertSettings } from './alert-facts.ts';

/** What is wrong with the node's process. */
export function lifecycleTroubles(
  facts: AlertFacts,
  settings: AlertSettings,
  now: number,
): readonly Trouble[] {
  const { state, desired, reason } = facts.lifecycle;
  if (state === 'error') return [failed(facts, settings)];
  if (state === 'stopped' && desired === 'up') {
    return [trouble('exit', 'critical', `the node is down: ${withLastLine(reason ?? '', facts)}`)];
  }
  return hasCrashed(facts, now) ? [crashed(facts)] : [];
}

/** Events of the process that cannot be judged now: it is not yet seen how the present state ends. */
export function unjudgedOfLifecycle({ lifecycle }: AlertFacts): readonly AlertEvent[] {
  const { state, desired } = lifecycle;
  switch (state) {
    case 'starting':
    case 'stopping':
    case 'upgrading':
    case 'crashed':
      return ['crash', 'restart-limit', 'error', 'exit'];
    case 'error':
      return ['crash', 'exit'];
    case 'stopped':
      return desired === 'up' ? ['crash'] : [];
    case 'running':
      return [];
  }
}

/** Milliseconds of uptime in which a restarted node still counts as crashed: its restart may be quicker than a look. */
const seenWithinMs = 5_000;

function hasCrashed({ lifecycle }: AlertFacts, now: number): boolean {
  const { state, restarts, lastExit, startedAt } = lifecycle;
  if (state === 'crashed') return true;
  if (restarts.crash === 0 || lastExit === null || lastExit.cause !== 'unasked') return false;
  if (state === 'starting') return true;
  // A clock that was set back must not make a restart look recent for hours.
  return state === 'running' && Math.abs(now - (startedAt ?? 0)) < seenWithinMs;
}

function crashed(facts: AlertFacts): Trouble {
  const { restarts, lastExit, reason } = facts.lifecycle;
  const how = reason ?? (lastExit === null ? 'it ended' : exitWords(lastExit));
  const number = restarts.crash + (facts.lifecycle.state === 'crashed' ? 1 : 0);
  const then = `it is started again (restart ${number})`;
  return trouble('crash', 'critical', `the node crashed: ${withLastLine(how, facts)}; ${then}`);
}

/** An error without a failure is one that no restart was tried for, as a program that cannot be run. */
function failed(facts: AlertFacts, settings: AlertSettings): Trouble {
  const { autoRestart, maxRestarts, restart } = settings;
  const reason = facts.lifecycle.reason ?? 'the reason is not known';
  const said = withLastLine(reason, facts);
  return facts.failures > 0 && autoRestart && maxRestarts > 0 && restart !== 'never'
    ? trouble('restart-limit', 'critical', `the node is down and not restarted any more: ${said}`)
    : trouble('error', 'critical', `the node is down and needs the operator: ${said}`);
}

/** Characters of the node's last line that are quoted; a line may have millions. */
const longestQuote = 500;

function withLastLine(how: string, { lastLine }: AlertFacts): string {
  const line = (lastLine ?? '').slice(0, longestQuote).trim();
  return line === '' ? how : `${how} (last line: ${line})`;
}

function trouble(event: AlertEvent, severity: Trouble['severity'], summary: string): Trouble {
  return { key: event, event, severity, summary, holdMs: 0 };
}
