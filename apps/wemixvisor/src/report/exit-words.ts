import type { LastExit } from '@wemixvisor/process';

/** How a process ended, in words: `with code 1`, `by SIGKILL`, `in an unknown way`. */
export function exitWords({ code, signal }: Pick<LastExit, 'code' | 'signal'>): string {
  if (signal !== null) return `by ${signal}`;
  return code === null ? 'in an unknown way' : `with code ${code}`;
}

/** Why the node was killed, in words that follow `it was killed, `. */
const killWords = {
  forced: 'as it was asked for (stop --force)',
  'grace-period': 'as it did not stop within its grace period',
} as const satisfies Partial<Record<LastExit['cause'], string>>;

/** Why an exit was by force, in words; null where the node ended by itself or as it was asked to. */
export function killWordsOf(exit: Pick<LastExit, 'cause'> | null): string | null {
  const cause = exit?.cause;
  return cause === 'forced' || cause === 'grace-period' ? killWords[cause] : null;
}

/** The line that tells of an end: the decisive one where the cause is known by a line, else the last; null where there is none. */
export function tellingLine(
  exit: {
    readonly last_line: string | null;
    readonly diagnosis: { readonly evidence: string } | null;
  } | null,
): string | null {
  const evidence = exit?.diagnosis?.evidence ?? '';
  return evidence === '' ? (exit?.last_line ?? null) : evidence;
}

/** What an end that was not clean had cost, in words; the node remembers up to ten of them. */
export function repairWords(repair: {
  readonly unclean_ends: number;
  readonly rewound_blocks: number;
}): string {
  const { unclean_ends: ends, rewound_blocks: blocks } = repair;
  const all = ends === 1 ? '' : `; it remembers ${ends} such ends`;
  return `its last end was not clean, blocks it went back: ${blocks}${all}`;
}
