import { setFlagsFromString } from 'node:v8';
import { createOutputBuffer, readLogs, renderRecord, writeLog } from '@wemixvisor/logs';
import type { HomePaths } from '../../state/home-paths.ts';
import type { RunSpan } from '../../state/run-span.ts';
import type { AppContext } from '../../context.ts';
import { prettyText } from '../../render/pretty-event.ts';
import { belongsTo, isMarked, partOf, type LogRequest, type LogSourceName } from './log-request.ts';

/** Which logs are shown, and how. */
export interface LogView {
  readonly sources: readonly LogSourceName[];
  /** Only this run of the node. */
  readonly span?: RunSpan | null;
  /** A line of JSON for each record. */
  readonly json?: boolean;
  /** Byte for byte, also on a terminal. */
  readonly raw?: boolean;
}

/** The names of the logs in the folder of logs. */
const logNames = { node: 'node', supervisor: 'wemixvisor' } as const;

/** Shows logs on standard output, straight from their files. */
export async function showLogs(
  { stdout, interactive, colorDepth }: AppContext,
  { logs: directory }: HomePaths,
  { sources, span = null, json = false, raw = false }: LogView,
  request: LogRequest,
): Promise<void> {
  const { signal } = request;
  const output = createOutputBuffer((bytes) => sendBytes(stdout, bytes, signal));
  const [first = 'node', ...more] = sources;
  const isUnchanged = !json && (raw || (!interactive && first === 'node'));
  if (isUnchanged && more.length === 0 && (span === null || isMarked(span, first))) {
    const wanted = { ...request, ...partOf(span, first, request) };
    await writeLog({ ...wanted, directory, name: logNames[first] }, (bytes) => output.write(bytes));
    await output.flush();
    return;
  }
  // Rendering records takes a third less memory with this and no more time; searching bytes, as above, would take more.
  setFlagsFromString('--optimize-for-size');
  const screen = { as: 'text', terminal: interactive, colour: colorDepth > 1 } as const;
  const viewOf = (source: LogSourceName) => {
    if (json) return { as: 'json', source } as const;
    if (raw || (source === 'node' && !interactive)) return { as: 'bytes' } as const;
    return source === 'node' ? screen : { ...screen, rewrite: prettyText };
  };
  const views = { node: viewOf('node'), supervisor: viewOf('supervisor') };
  const logs = sources.map((source) => {
    const within = partOf(span, source, request);
    return { source, directory, name: logNames[source], within };
  });
  for await (const { source, record } of readLogs(logs, { ...request, shared: true })) {
    const from = source as LogSourceName;
    if (span !== null && !isMarked(span, from) && !belongsTo(span, record)) continue;
    for (const chunk of renderRecord(record, views[from])) {
      const sending = output.write(chunk);
      if (sending !== undefined) await sending;
    }
  }
  await output.flush();
}

/** Resolves when the bytes are written or given up, so that their buffer can be reused. */
function sendBytes(
  stream: NodeJS.WritableStream,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      signal?.removeEventListener('abort', done);
      resolve();
    };
    signal?.addEventListener('abort', done);
    if (signal?.aborted === true) done();
    else stream.write(bytes, done);
  });
}
