import type { AlertFacts, LogLine } from '../facts.ts';
import { oneLine, type Pen, type Tone } from './pen.ts';
import { span, when } from './words.ts';

const tones: Readonly<Partial<Record<NonNullable<LogLine['level']>, Tone>>> = {
  crit: 'alarm',
  error: 'bad',
  warn: 'warn',
  debug: 'dim',
  trace: 'dim',
};

/** The last lines of a log that have room, the newest last. */
export function logLines(
  lines: readonly LogLine[],
  room: number,
  now: number,
  pen: Pen,
): readonly string[] {
  return lines.slice(lines.length - Math.min(lines.length, Math.max(0, room))).map((line) => {
    const level = (line.level ?? '').toUpperCase().padEnd(5);
    const tone = line.level === null ? null : (tones[line.level] ?? null);
    return timed(when(line.time, now), tone, `${level} ${oneLine(line.text)}`, pen);
  });
}

/** A text behind eight columns of time. */
function timed(time: string, tone: Tone | null, text: string, pen: Pen): string {
  return `${pen.paint('dim', time)} ${pen.paint(tone, pen.cut(text, pen.columns - time.length - 1))}`;
}

/** Active alerts, the last raised first; the last line says how many find no room. */
export function alertLines(
  alerts: readonly AlertFacts[],
  room: number,
  now: number,
  pen: Pen,
): readonly string[] {
  const lines = alerts
    .toSorted((a, b) => Date.parse(b.since) - Date.parse(a.since))
    .map(({ severity, event, summary, since }) => {
      const tone = severity === 'critical' ? 'bad' : 'warn';
      const text = `${severity} ${event}: ${oneLine(summary)}`;
      return timed(span(now - Date.parse(since)).padEnd(8), tone, text, pen);
    });
  if (lines.length <= room) return lines;
  const left = lines.length - room + 1;
  return room <= 0 ? [] : [...lines.slice(0, room - 1), pen.cut(`${' '.repeat(9)}${left} more: e`)];
}
