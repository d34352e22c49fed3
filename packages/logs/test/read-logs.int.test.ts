import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLogs } from '../src/index.ts';
import type { ReadLogsOptions } from '../src/read/read-logs.ts';
import type { SourcedRecord } from '../src/read/merge-by-time.ts';

const start = Date.parse('2026-03-04T09:00:00Z');
const iso = (ms: number): string => new Date(start + ms).toISOString();
const nodeLine = (ms: number): string => `t=${iso(ms)} lvl=info msg="node ${ms}"`;
const journalLine = (ms: number): string =>
  JSON.stringify({ level: 'warn', time: iso(ms), name: 'wemixvisor', msg: `journal ${ms}` });

const sourcesIn = (directory: string) => [
  { source: 'node', directory, name: 'node' },
  { source: 'supervisor', directory, name: 'wemixvisor' },
];
const shown = ({ source, record }: SourcedRecord): string => `${source}: ${record.message}`;

async function read(directory: string, options: ReadLogsOptions = {}): Promise<string[]> {
  const found: string[] = [];
  for await (const sourced of readLogs(sourcesIn(directory), options)) found.push(shown(sourced));
  return found;
}

describe('readLogs', () => {
  it('reads the journal of pino, and merges it with the log of the node by time', async () => {
    await using home = await temporaryDirectory();
    writeFileSync(
      join(home.path, 'node.log'),
      [nodeLine(0), nodeLine(20), 'Fatal: without a time', nodeLine(40)].join('\n'),
    );
    writeFileSync(join(home.path, 'wemixvisor.log'), `${journalLine(10)}\n${journalLine(30)}\n`);
    const all = [
      'node: node 0',
      'supervisor: journal 10',
      'node: node 20',
      'node: Fatal: without a time',
      'supervisor: journal 30',
      'node: node 40',
    ];
    expect(await read(home.path)).toEqual(all);
    expect(await read(home.path, { lines: 3 })).toEqual(all.slice(-3));
    expect(await read(home.path, { lines: 0 })).toEqual([]);
    expect(await read(home.path, { level: 'warn' })).toEqual([all[1], all[3], all[4]]);
    expect(await read(home.path, { until: new Date(start + 15) })).toEqual(all.slice(0, 2));
    for await (const { record } of readLogs(sourcesIn(home.path), { grep: 'journal', lines: 1 })) {
      const fields = { name: 'wemixvisor' };
      expect(record).toMatchObject({ time: new Date(start + 30), level: 'warn', fields });
    }
  });

  it('gives the last of both logs together, each in its own order', async () => {
    const times = fc.array(fc.nat(1000), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(times, times, fc.nat(70), fc.boolean(), async (...drawn) => {
        const [ofNode, ofJournal, lines, shared] = drawn;
        await using home = await temporaryDirectory();
        const sorted = (values: number[]) => values.toSorted((a, b) => a - b);
        const files = [
          ['node.log', sorted(ofNode).map(nodeLine)],
          ['wemixvisor.log', sorted(ofJournal).map(journalLine)],
        ] as const;
        for (const [name, all] of files) {
          writeFileSync(join(home.path, name), all.map((line) => `${line}\n`).join(''));
        }
        const wanted = [
          ...sorted(ofNode).map((ms) => ({ ms, text: `node: node ${ms}` })),
          ...sorted(ofJournal).map((ms) => ({ ms, text: `supervisor: journal ${ms}` })),
        ]
          .sort((a, b) => a.ms - b.ms)
          .map(({ text }) => text);
        expect(await read(home.path, { lines, shared })).toEqual(
          lines === 0 ? [] : wanted.slice(-lines),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('follows both, and ends when aborted or left', async () => {
    await using home = await temporaryDirectory();
    const [node, journal] = [join(home.path, 'node.log'), join(home.path, 'wemixvisor.log')];
    writeFileSync(node, `${nodeLine(0)}\n`);
    const stop = new AbortController();
    const found: string[] = [];
    const reading = (async () => {
      const options = { follow: true, signal: stop.signal };
      for await (const sourced of readLogs(sourcesIn(home.path), options))
        found.push(shown(sourced));
    })();
    await waitFor(() => found.length === 1, { what: 'what was there' });
    appendFileSync(journal, `${journalLine(10)}\n`);
    await waitFor(() => found.length === 2, { what: 'the line of the journal' });
    appendFileSync(node, `${nodeLine(20)}\n`);
    await waitFor(() => found.length === 3, { what: 'the line of the node' });
    stop.abort();
    await reading;
    expect(found).toEqual(['node: node 0', 'supervisor: journal 10', 'node: node 20']);
    for await (const sourced of readLogs(sourcesIn(home.path), { follow: true })) {
      expect(shown(sourced)).toBe('node: node 0');
      break;
    }
    const ended = new AbortController();
    ended.abort();
    expect(await read(home.path, { follow: true, finish: ended.signal })).toHaveLength(3);
    expect(await read(home.path, { signal: ended.signal })).toEqual([]);
  });
});
