import { join } from 'node:path';

/** The files of a folder in which alerts are stored; null where nothing is. */
export function alertFiles(directory: string | null): {
  readonly states: string | null;
  readonly pending: string | null;
} {
  const fileOf = (name: string) => (directory === null ? null : join(directory, name));
  return { states: fileOf('alerts.json'), pending: fileOf('alerts-waiting.json') };
}
