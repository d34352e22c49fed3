/** An event of a supervisor, as `events --json` prints it and `GET /v1/events` sends it: version 1 of its shape. */
export interface EventReport {
  readonly schema: 1;
  /** ISO 8601, UTC. */
  readonly time: string;
  readonly level: 'info' | 'warn' | 'error';
  /** Its kind, such as `state`, `node-exited`, `health`, `command`, `alert` or `log-rotated`. */
  readonly event: string;
  /** What happened, in words. */
  readonly message: string;
  /** What else is known of it, by its kind. */
  readonly [fact: string]: unknown;
}

const levels: readonly unknown[] = ['info', 'warn', 'error'] satisfies EventReport['level'][];

/** The event that a line of the journal tells; null for a line for who debugs, and for one that is none, as after a crash during a write. */
export function eventReport(line: string): EventReport | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  const { time, level, event, msg, ...facts } = Object(value) as Record<string, unknown>;
  if (![time, event, msg].every((text) => typeof text === 'string') || !levels.includes(level)) {
    return null;
  }
  if (Number.isNaN(Date.parse(String(time)))) return null;
  const message = event === 'state' ? stateWords(String(msg), facts) : msg;
  return { ...facts, schema: 1, time, level, event, message } as EventReport;
}

/** The journal has `running → crashed: exit code 1`; a timeline tells what the node is now. */
function stateWords(message: string, { to, pid, next }: Readonly<Record<string, unknown>>): string {
  const why = message.slice(message.indexOf(':'));
  const reason = message.includes(':') ? why : '';
  const process = typeof pid === 'number' && reason === '' ? ` (pid ${pid})` : '';
  return `the node is ${to === 'error' ? 'in error' : String(to)}${process}${reason}${nextWords(next)}`;
}

function nextWords(next: unknown): string {
  const { what } = Object(next) as { readonly what?: unknown };
  if (what === 'restart') return '; it is started again';
  return what === 'check' ? '; it is started again when this has cleared' : '';
}
