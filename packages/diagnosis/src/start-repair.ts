import { readLogLine } from './log-line.ts';

/** What a node repaired when it started, after it had not ended cleanly. */
export interface StartRepair {
  /** When the runs began that did not end cleanly, in epoch milliseconds, as the node says; up to ten, oldest first. */
  readonly uncleanSince: readonly number[];
  /** Blocks that it went back, to be imported anew; 0 where it kept its head. */
  readonly rewoundBlocks: number;
}

const unclean = /^Unclean shutdown detected\s+booted=(\S+)/;
const loaded = /^Loaded most recent local (?:full )?block\s+number=([\d,]+)/;

/**
 * What a node of the geth family says of unclean ends when it starts; null where it says nothing of them.
 *
 * @param lines the lines of this run from its beginning on, in any format of its logger
 * @example
 * const lines = ['WARN [03-04|09:15:02.118] Unclean shutdown detected     booted=2026-03-03T21:40:11+0000 age=11h34m51s'];
 * startRepair(lines)?.rewoundBlocks; // 0: it kept its head
 */
export function startRepair(lines: readonly string[]): StartRepair | null {
  const texts = lines.map(readLogLine).filter(({ kind }) => kind === 'log');
  const numbers: number[] = [];
  const uncleanSince: number[] = [];
  for (const { text } of texts) {
    const booted = Date.parse(withColon(unclean.exec(text)?.[1] ?? ''));
    if (!Number.isNaN(booted)) uncleanSince.push(booted);
    const number = loaded.exec(text)?.[1]?.replaceAll(',', '');
    if (number !== undefined) numbers.push(Number(number));
  }
  if (uncleanSince.length === 0) return null;
  const [first = 0] = numbers;
  return { uncleanSince, rewoundBlocks: Math.max(0, first - (numbers.at(-1) ?? 0)) };
}

/** Go writes a zone as `+0000`, ECMAScript wants `+00:00`. */
const withColon = (time: string): string => time.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
