import { setFlagsFromString } from 'node:v8';
import { createOutputBuffer, readLogs, writeLog } from '@wemixvisor/logs';
import type { HomePaths } from '../../state/home-paths.ts';
import type { RunSpan } from '../../state/run-span.ts';
import type { AppContext } from '../../context.ts';
import { renderLogJson } from '../../render/log-json.ts';
import { renderLogLine, type LogSourceName } from '../../render/log-line.ts';
import { belongsTo, type LogRequest } from './log-request.ts';

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
  if (isUnchanged && more.length === 0 && span === null) {
    await writeLog({ ...request, directory, name: logNames[first] }, (bytes) =>
      output.write(bytes),
    );
    await output.flush();
    return;
  }
  // Rendering records takes a third less memory with this and no more time; searching bytes, as above, would take more.
  setFlagsFromString('--optimize-for-size');
  const screen = { raw, terminal: interactive, colour: colorDepth > 1 };
  const logs = sources.map((source) => ({ source, directory, name: logNames[source] }));
  for await (const { source, record } of readLogs(logs, { ...request, shared: true })) {
    if (!belongsTo(span, record)) continue;
    const from = source as LogSourceName;
    const chunks = json ? renderLogJson(from, record) : renderLogLine(from, record, screen);
    for (const chunk of chunks) {
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
