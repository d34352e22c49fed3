import parseDuration from 'parse-duration';
import prettyMilliseconds from 'pretty-ms';

/** Numbers with units, or a bare zero. */
const form = /^(?:0|(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+)$/;

/** The accepted forms, for error messages. */
export const durationForms = '500ms, 30s, 5m, 1h30m or 0';

/**
 * Milliseconds of a duration such as `500ms`, `30s`, `5m`, `1h30m`; `0` needs no unit. Undefined for anything else.
 *
 * @example parseMilliseconds('1h30m') // 5_400_000
 */
export function parseMilliseconds(text: string): number | undefined {
  if (!form.test(text)) return undefined;
  const milliseconds = parseDuration(text);
  return milliseconds === null || !Number.isSafeInteger(Math.round(milliseconds))
    ? undefined
    : Math.round(milliseconds);
}

/**
 * A duration as an operator types it; {@link parseMilliseconds} reads it back.
 *
 * @example writeDuration(5_400_000) // '1h30m'
 */
export function writeDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0';
  const options = { hideYearAndDays: true, separateMilliseconds: true };
  return prettyMilliseconds(milliseconds, options).replaceAll(' ', '');
}
