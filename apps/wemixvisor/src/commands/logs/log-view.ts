import { createFold, summarizeLog } from '@wemixvisor/logs';
import { usageError } from '../../app-error.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import { recallState } from '../../state/recall-state.ts';
import type { LogRequest } from './log-request.ts';

/** Formats of an export. */
const formats = ['ndjson', 'csv', 'logfmt'] as const;

/** How logs are shown. */
export interface LogView {
  /** A line of JSON for each record. */
  readonly json: boolean;
  /** Byte for byte, also on a terminal. */
  readonly raw: boolean;
  /** What is shown instead of the lines. */
  readonly summary: ReturnType<typeof summarizeLog> | null;
  /** What is shown instead of the lines is as wide as the terminal. */
  readonly isPicture: boolean;
  readonly fold: ReturnType<typeof createFold> | null;
  /** The format of an export. */
  readonly exported: (typeof formats)[number] | null;
}

interface TypedView {
  readonly json: boolean;
  readonly raw: boolean;
  readonly fold: boolean;
  readonly stats: boolean;
  readonly by: string | undefined;
  readonly errors: boolean;
  readonly new: boolean;
  readonly map: boolean;
  readonly action: string | undefined;
  readonly format: string | undefined;
}

/** The view that the options ask for. @throws AppError with exit code 64 for a wrong format */
export function viewOf(typed: TypedView, request: LogRequest, paths: HomePaths): LogView {
  const { json, raw, action } = typed;
  const format = formats.find((each) => each === (typed.format ?? 'ndjson'));
  if (format === undefined) {
    throw usageError(`--format: "${typed.format ?? ''}" is not one of ${formats.join(', ')}`);
  }
  return {
    json,
    raw,
    isPicture: typed.map,
    fold: typed.fold ? createFold() : null,
    summary: summaryOf(typed, request, paths),
    exported: action === undefined ? null : format,
  };
}

function summaryOf(typed: TypedView, { since = null }: LogRequest, paths: HomePaths) {
  if (typed.stats) return summarizeLog({ as: 'stats', by: typed.by ?? null });
  if (typed.errors) return summarizeLog({ as: 'errors', newSince: typed.new ? since : null });
  if (!typed.map) return null;
  const starts = (recallState(paths).state?.starts ?? []).map(({ at }) => new Date(at));
  return summarizeLog({ as: 'map', starts, command: 'wemixvisor logs' });
}
