/** Severities, mildest first; the names are those of geth from 1.13.6 on (log/handler.go @ v1.17.5). */
export const levels = ['trace', 'debug', 'info', 'warn', 'error', 'crit'] as const;

/** One of {@link levels}. */
export type Level = (typeof levels)[number];

const byName: Readonly<Record<string, Level>> = {
  trace: 'trace',
  trce: 'trace',
  debug: 'debug',
  debg: 'debug', // Lighthouse, as `erro`
  dbug: 'debug',
  info: 'info',
  warn: 'warn',
  warning: 'warn',
  error: 'error',
  eror: 'error', // geth before 1.13.6 and gwemix (log/logger.go @ v1.11.6)
  erro: 'error',
  crit: 'crit',
  critical: 'crit',
  fatal: 'crit',
  panic: 'crit',
};

/**
 * The level a log line names, in any of geth's spellings and the common ones, or as one of pino's numbers; null for anything else.
 *
 * @example
 * parseLevel('EROR'); // 'error'
 * parseLevel(30); // 'info'
 */
export function parseLevel(name: string | number): Level | null {
  if (typeof name === 'number') {
    return levels[Math.min(5, Math.max(0, Math.floor(name / 10) - 1))] ?? null;
  }
  return byName[name.trim().toLowerCase()] ?? null;
}

/** Whether a level is as severe as the minimum; a line without a level is not. */
export function isAtLeast(level: Level | null, minimum: Level): boolean {
  return level !== null && levels.indexOf(level) >= levels.indexOf(minimum);
}
