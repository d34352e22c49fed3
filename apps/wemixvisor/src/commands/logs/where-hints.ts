import { didYouMean } from '@wemixvisor/config-file';
import { readLogs, sanitizeTerminal } from '@wemixvisor/logs';
import type { Conditions, LogRequest } from './log-request.ts';

type Sources = Parameters<typeof readLogs>[0];

/** Lines that are looked through for the keys that there are. */
const linesRead = 100_000;
const mostKeys = 1000;
const mostExamples = 3;

/** Why no line may fit `--where`: a key that stands in none, or values of another kind; a line each. */
export async function whereHints(
  sources: Sources,
  { since = null, until = null, signal }: LogRequest,
  { keys, comparisons }: Conditions,
): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const known = new Map<string, Set<string>>();
  const limits = { since, until, lines: linesRead, shared: true, ...(signal && { signal }) };
  let count = 0;
  for await (const { record } of readLogs(sources, limits)) {
    count += 1;
    for (const [key, value] of Object.entries(record.fields)) {
      const examples = known.get(key) ?? new Set();
      if (known.size < mostKeys) known.set(key, examples);
      if (examples.size < mostExamples) examples.add(value.slice(0, 40));
    }
  }
  if (count === 0) return [];
  const none =
    count < linesRead ? 'no line' : `none of the last ${linesRead.toLocaleString('en-US')} lines`;
  return keys.flatMap((key) => {
    const examples = known.get(key);
    if (examples === undefined)
      return [`${none} has the key ${key}${didYouMean(key, [...known.keys()])}`];
    const isCompared = comparisons.some((comparison) => comparison.key === key);
    const shown = sanitizeTerminal([...examples].join(', ')).replaceAll(/\s/g, ' ');
    return isCompared ? [`values of ${key} are such as ${shown}`] : [];
  });
}
