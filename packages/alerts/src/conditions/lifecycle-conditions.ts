import type { AlertEvent } from '../alert-events.ts';
import type { LifecycleFacts } from '../alert-facts.ts';
import type { AlertOptions } from '../alert-options.ts';
import { exitWords } from '../exit-words.ts';
import { conditionOf, type Condition } from './condition.ts';

type RestartOptions = Required<Pick<AlertOptions, 'autoRestart' | 'maxRestarts' | 'restart'>>;

/** What is wrong with the node's process. */
export function lifecycleConditions(
  lifecycle: LifecycleFacts,
  options: RestartOptions,
  now: number,
): readonly Condition[] {
  const { state, desired, reason } = lifecycle;
  if (state === 'error') return [failed(lifecycle, options)];
  if (state === 'stopped' && desired === 'up') {
    const how = withLastLine(reason ?? '', lifecycle);
    return [conditionOf('exit', 'critical', `the node is down: ${how}${adviceOf(lifecycle)}`)];
  }
  return hasCrashed(lifecycle, now) ? [crashed(lifecycle)] : [];
}

/** Events of the process that cannot be judged yet: it is open how the present state ends. */
export function unjudgedOfLifecycle({ state, desired }: LifecycleFacts): readonly AlertEvent[] {
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

/** Milliseconds of uptime in which a restarted node still counts as crashed: a restart may be faster than a look. */
const seenWithinMs = 5_000;

function hasCrashed(lifecycle: LifecycleFacts, now: number): boolean {
  const { state, restarts, lastExit, startedAt } = lifecycle;
  if (state === 'crashed') return true;
  if (restarts.crash === 0 || lastExit?.cause !== 'unasked') return false;
  if (state === 'starting') return true;
  // A clock that was set back must not make a restart look recent for hours.
  return state === 'running' && Math.abs(now - (startedAt ?? 0)) < seenWithinMs;
}

function crashed(lifecycle: LifecycleFacts): Condition {
  const { state, restarts, lastExit, reason } = lifecycle;
  const how = reason ?? (lastExit === null ? 'it ended' : endOf(lastExit));
  const number = restarts.crash + (state === 'crashed' ? 1 : 0);
  const isHeld = lifecycle.nextAction?.what === 'check';
  const then = `it is started again ${isHeld ? 'when this has cleared' : `(restart ${number})`}`;
  const summary = `the node crashed: ${withLastLine(how, lifecycle)}; ${then}${adviceOf(lifecycle)}`;
  return conditionOf('crash', 'critical', summary);
}

/** An error without a failure is one for which no restart was tried, such as a program that cannot be run. */
function failed(
  lifecycle: LifecycleFacts,
  { autoRestart, maxRestarts, restart }: RestartOptions,
): Condition {
  const known = withLastLine(lifecycle.reason ?? 'the reason is not known', lifecycle);
  const how = `${known}${adviceOf(lifecycle)}`;
  const isTried = lifecycle.lastExit?.diagnosis?.class !== 'never' && lifecycle.failures > 0;
  return isTried && autoRestart && maxRestarts > 0 && restart !== 'never'
    ? conditionOf(
        'restart-limit',
        'critical',
        `the node is down and not restarted any more: ${how}`,
      )
    : conditionOf('error', 'critical', `the node is down and needs the operator: ${how}`);
}

/** Characters of the node's last line that are quoted; a line may have millions. */
const longestQuote = 500;

function endOf(exit: NonNullable<LifecycleFacts['lastExit']>): string {
  const { diagnosis } = exit;
  return diagnosis === undefined ? exitWords(exit) : `${exitWords(exit)}: ${diagnosis.summary}`;
}

/** What to do, where the cause of the end is known. */
function adviceOf({ lastExit }: LifecycleFacts): string {
  const remedy = lastExit?.diagnosis?.remedy;
  return remedy === undefined ? '' : `. What to do: ${remedy}`;
}

/** The node's last line, where the cause of the end is not known: else the reason says it. */
function withLastLine(how: string, { lastExit }: LifecycleFacts): string {
  if (lastExit?.diagnosis !== undefined) return how;
  const line = (lastExit?.lastLine ?? '').slice(0, longestQuote).trim();
  return line === '' ? how : `${how} (last line: ${line})`;
}
