import { readLog } from '@wemixvisor/logs';
import { redactText } from '@wemixvisor/passthrough';
import type { HomePaths } from './home-paths.ts';

/** Lines at the end of the log among which warnings are looked for. */
const linesRead = 500;

/** Characters of a line that are of use in a table. */
const longestLine = 300;

/** The last warnings and errors among the last 500 lines of the node's log; secrets redacted. */
export async function recentWarnings(
  { logs }: Pick<HomePaths, 'logs'>,
  count: number,
): Promise<readonly string[]> {
  const found: string[] = [];
  const options = { directory: logs, name: 'node', lines: linesRead, shared: true } as const;
  for await (const record of readLog(options)) {
    const isGrave = ['warn', 'error', 'crit'].includes(record.level ?? '');
    // geth draws boxes with empty warnings.
    if (!isGrave || record.message.trim() === '') continue;
    const [text = ''] = record.text();
    const [line = ''] = text.split('\n');
    found.push(line.length > longestLine ? `${line.slice(0, longestLine)}…` : line);
  }
  return found.slice(-count).map(redactText);
}
