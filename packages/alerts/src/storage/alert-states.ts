import { alertEvents } from '../alert-events.ts';
import type { AlertState } from '../conditions/track-conditions.ts';
import type { AlertPorts } from '../ports.ts';
import { isTime, jsonFileList, type JsonFileList } from './json-file-list.ts';

/** An alert state as it is stored: the keys are those of 0.4.0, so that either version reads the other's file. */
interface StoredState extends Omit<AlertState, 'notifiedAt'> {
  readonly toldAt: number | null;
}

/** The alert states of the last look: the next supervisor neither repeats them nor forgets to resolve them. */
export function storedAlertStates(
  file: string | null,
  ports: Pick<AlertPorts, 'readFile' | 'writeFile'>,
): JsonFileList<AlertState> {
  return jsonFileList({ file, name: 'troubles', decode, encode }, ports);
}

function encode({ notifiedAt, goneAt, ...state }: AlertState): StoredState {
  return { ...state, toldAt: notifiedAt, goneAt };
}

function decode(value: unknown): AlertState | null {
  if (!isStoredState(value)) return null;
  const { toldAt, ...state } = value;
  return { ...state, notifiedAt: toldAt };
}

const isTimeOrNull = (value: unknown) => value === null || isTime(value);

function isStoredState(value: unknown): value is StoredState {
  if (typeof value !== 'object' || value === null) return false;
  const { key, event, severity, summary, since, toldAt, goneAt, step } = value as Record<
    string,
    unknown
  >;
  return (
    typeof key === 'string' &&
    (alertEvents as readonly unknown[]).includes(event) &&
    ['info', 'warning', 'critical'].includes(severity as string) &&
    typeof summary === 'string' &&
    isTime(since) &&
    isTimeOrNull(toldAt) &&
    isTimeOrNull(goneAt) &&
    (step === undefined || typeof step === 'number')
  );
}
