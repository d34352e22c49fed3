import type { Settings } from '../settings/settings.ts';

/**
 * Why a node that fell silent would not be restarted now, in words; null where it would be.
 * `allowedAt` is when budget and cooldown allow the next restart for health; both moments are epoch milliseconds.
 */
export function healthRestartRefusal(
  mode: Settings['healthRestart'],
  allowedAt: number,
  now: number,
): string | null {
  if (mode === 'off') return 'it is not restarted, as health restarts are off (--health-restart)';
  if (mode === 'dry-run') return 'it would be restarted now (--health-restart=dry-run)';
  if (allowedAt <= now) return null;
  if (!Number.isFinite(allowedAt)) return 'it is not restarted, as no health restart is allowed';
  const at = new Date(allowedAt).toISOString();
  return `it is not restarted before ${at}, as health restarts are limited`;
}
