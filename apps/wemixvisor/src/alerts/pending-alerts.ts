import type { Alert } from './alert.ts';
import type { ChannelName } from './channel.ts';
import { isTime, rememberedList, type Memory } from './json-file-list.ts';

/** An alert that is not delivered yet. */
export interface WaitingAlert {
  readonly channel: ChannelName;
  readonly alert: Alert;
}

/** What waits to be delivered: the next supervisor goes on with it. */
export const waitingMemory = (file: string): Memory<WaitingAlert> =>
  rememberedList(file, 'waiting', isWaiting);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const hasTexts = (value: unknown, names: readonly string[]): boolean =>
  isObject(value) && names.every((name) => typeof value[name] === 'string');

function isWaiting(value: unknown): value is WaitingAlert {
  if (!isObject(value) || !['webhook', 'exec'].includes(value['channel'] as string)) return false;
  const { alert } = value;
  return (
    isObject(alert) &&
    hasTexts(alert, ['id', 'status', 'event', 'severity', 'summary', 'at', 'since']) &&
    isTime(Date.parse(alert['at'] as string)) &&
    hasTexts(alert['node'], ['host', 'home', 'state'])
  );
}
