import type { Alert } from '../alert.ts';
import type { ChannelName } from '../channels/channel.ts';
import type { AlertPorts } from '../ports.ts';
import { isTime, jsonFileList, type JsonFileList } from './json-file-list.ts';

/** An alert that is not delivered yet. */
export interface PendingAlert {
  readonly channel: ChannelName;
  readonly alert: Alert;
}

interface StoredAlert extends Omit<PendingAlert, 'alert'> {
  readonly alert: Omit<Alert, 'key'> & { readonly key?: string };
}

/** The alerts that are not delivered yet: the next supervisor goes on with them. */
export function storedPendingAlerts(
  file: string | null,
  ports: Pick<AlertPorts, 'readFile' | 'writeFile'>,
): JsonFileList<PendingAlert> {
  const decode = (value: unknown) => {
    if (!isPendingAlert(value)) return null;
    // 0.4.0 wrote no keys.
    return { ...value, alert: { ...value.alert, key: value.alert.key ?? value.alert.event } };
  };
  return jsonFileList({ file, name: 'waiting', decode }, ports);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const hasTexts = (value: unknown, names: readonly string[]): boolean =>
  isObject(value) && names.every((name) => typeof value[name] === 'string');

function isPendingAlert(value: unknown): value is StoredAlert {
  if (!isObject(value) || !['webhook', 'exec'].includes(value['channel'] as string)) return false;
  const { alert } = value;
  return (
    isObject(alert) &&
    hasTexts(alert, ['id', 'status', 'event', 'severity', 'summary', 'at', 'since']) &&
    ['string', 'undefined'].includes(typeof alert['key']) &&
    isTime(Date.parse(alert['at'] as string)) &&
    hasTexts(alert['node'], ['host', 'home', 'state'])
  );
}
