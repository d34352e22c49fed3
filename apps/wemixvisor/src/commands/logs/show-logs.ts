import { createOutputBuffer, renderRecord, visitLogs, writeLog } from '@wemixvisor/logs';
import type { LogRecord } from '@wemixvisor/logs';
import type { HomePaths } from '../../state/home-paths.ts';
import type { RunSpan } from '../../state/run-span.ts';
import type { AppContext } from '../../context.ts';
import { prettyText } from '../../render/pretty-event.ts';
import {
  belongsTo,
  isMarked,
  partOf,
  type LogRequest,
  type LogSourceName,
  type Conditions,
} from './log-request.ts';
import type { LogView } from './log-view.ts';

/** Which logs are shown, and how. */
export interface ShownLogs extends Partial<LogView> {
  readonly sources: readonly LogSourceName[];
  /** Only this run of the node. */
  readonly span?: RunSpan | null;
}

type Sources = Parameters<typeof visitLogs>[0];

/** The names of the logs in the folder of logs. */
const logNames = { node: 'node', supervisor: 'wemixvisor' } as const;
/** A table that goes to a file or another program is as wide as it takes. */
const unlimited = 10_000;

/** Shows logs, straight from their files, and gives what is to be told of it: lines that were muted, and why none may fit. */
export async function showLogs(
  context: AppContext,
  paths: HomePaths,
  view: ShownLogs,
  request: LogRequest,
  conditions?: Conditions,
): Promise<readonly string[]> {
  const logs = view.sources.map((source) => {
    const within = partOf(view.span ?? null, source, request);
    return { source, directory: paths.logs, name: logNames[source], within };
  });
  const hints = async () => {
    const { whereHints } = await import('./where-hints.ts');
    return conditions === undefined ? [] : whereHints(logs, request, conditions);
  };
  const hasKeys = conditions !== undefined && conditions.keys.length > 0;
  if (request.follow === true) {
    const missing = hasKeys ? await hints() : [];
    for (const line of missing.filter((each) => each.includes(' has the key '))) {
      context.stderr.write(`wemixvisor: ${line}\n`);
    }
  }
  const progress = { bytes: 0, of: 0 };
  const { exported = null } = view;
  const endProgress =
    exported === null
      ? undefined
      : (await import('./export-progress.ts')).showExportProgress(context, progress);
  const count = await shown(context, view, { ...request, progress }, logs).finally(endProgress);
  const muted = conditions?.muted() ?? 0;
  return [
    ...(muted === 0
      ? []
      : [`${muted} ${muted === 1 ? 'line' : 'lines'} muted by log.mute; --no-mute shows them`]),
    ...(count > 0 || !hasKeys || request.follow === true ? [] : await hints()),
  ];
}

/** Shows the records; 0 where none was shown. */
async function shown(
  context: AppContext,
  view: ShownLogs,
  request: LogRequest,
  logs: Sources,
): Promise<number> {
  const { exported = null, span = null, json = false, raw = false } = view;
  const { stdout } = context;
  const output = createOutputBuffer((bytes) => sendBytes(stdout, bytes, request.signal));
  const [first = 'node', ...more] = view.sources;
  const isJson = json || exported === 'ndjson';
  const isUnchanged = raw || (!context.interactive && first === 'node');
  const isBytes = isJson || (isUnchanged && exported === null);
  const isWhole = more.length === 0 && (span === null || isMarked(span, first));
  const [log] = logs;
  let count = 0;
  if (log !== undefined && isBytes && isWhole && !view.summary && !view.fold && !request.around) {
    const { directory, name, within } = log;
    const shape = isJson ? { json: first } : {};
    await writeLog({ ...request, ...within, ...shape, directory, name }, (bytes) => {
      count += bytes.length;
      return output.write(bytes);
    });
  } else {
    // Rendering records takes a third less memory with this and no more time; searching bytes, as above, would take more.
    context.setV8Flag('--optimize-for-size');
    if (exported === 'csv') await output.write('time,level,source,message,fields\r\n');
    const visitor = recordWriter(context, view, output);
    await visitLogs(logs, { ...request, shared: true }, visitor.visit);
    count = await visitor.end();
  }
  await output.flush();
  return count;
}

type Output = ReturnType<typeof createOutputBuffer>;

/** Writes each record, or in the end what they are summed up to. */
function recordWriter(context: AppContext, view: ShownLogs, output: Output) {
  const { span = null, summary = null, fold = null } = view;
  const views = {
    node: recordView('node', view, context),
    supervisor: recordView('supervisor', view, context),
  };
  let count = 0;
  const write = async (chunks: Iterable<Uint8Array | string>): Promise<void> => {
    for (const chunk of chunks) await output.write(chunk);
  };
  const visit = (source: string, record: LogRecord): Promise<void> | undefined => {
    const from = source as LogSourceName;
    if (span !== null && !isMarked(span, from) && !belongsTo(span, record)) return undefined;
    count += 1;
    if (summary !== null) {
      summary.add(source, record);
      return undefined;
    }
    const { before = '', isShown = true } = fold?.take(record) ?? {};
    if (before !== '') void output.write(before);
    if (!isShown) return undefined;
    const chunks = renderRecord(record, views[from])[Symbol.iterator]();
    for (let next = chunks.next(); next.done !== true; next = chunks.next()) {
      const sending = output.write(next.value);
      if (sending !== undefined)
        return sending.then(() => write({ [Symbol.iterator]: () => chunks }));
    }
    return undefined;
  };
  return {
    visit,
    /** Writes what is left; how many records there were. */
    async end(): Promise<number> {
      const last = fold?.end() ?? '';
      if (last !== '') await output.write(last);
      if (summary !== null) await output.write(summaryText(summary, view, context));
      return count;
    },
  };
}

function summaryText(
  summary: NonNullable<ShownLogs['summary']>,
  { json, isPicture }: ShownLogs,
  { interactive, columns, colorDepth }: AppContext,
): string {
  if (json) return `${JSON.stringify(summary.json(), null, 2)}\n`;
  const width = interactive || isPicture ? columns : unlimited;
  return summary.text({ columns: width, colour: colorDepth > 1 });
}

/** How the records of a log are shown. */
function recordView(
  source: LogSourceName,
  { json = false, raw = false, exported = null }: ShownLogs,
  { interactive, colorDepth }: AppContext,
): Parameters<typeof renderRecord>[1] {
  if (exported !== null && exported !== 'ndjson') return { as: exported, source };
  if (json || exported !== null) return { as: 'json', source };
  if (raw || (source === 'node' && !interactive)) return { as: 'bytes' };
  const screen = { as: 'text', terminal: interactive, colour: colorDepth > 1 } as const;
  return source === 'node' ? screen : { ...screen, rewrite: prettyText };
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
      stream.off('close', done);
      resolve();
    };
    signal?.addEventListener('abort', done);
    // A pager that was quit takes nothing more.
    stream.once('close', done);
    if (signal?.aborted === true || !stream.writable) done();
    else stream.write(bytes, done);
  });
}
