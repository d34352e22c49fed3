import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The head that an instance folder was left with: a node goes on with its chain when it is started again. Null where there is none. */
export function keptHead(instance) {
  if (instance === null) return null;
  try {
    return Number(readFileSync(join(instance, 'fake-head'), 'utf8')) || null;
  } catch {
    return null;
  }
}

/** Keeps the head. */
export function keepHead(instance, head) {
  if (instance === null) return;
  try {
    writeFileSync(join(instance, 'fake-head'), String(head));
  } catch {
    // The folder has gone or is full: such a node begins anew.
  }
}
