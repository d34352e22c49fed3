import type { StoreEvent } from './store-event.ts';

/** An error that is reported, since it stops nothing. */
export function errorEvent(error: unknown): StoreEvent {
  return { type: 'error', error: error instanceof Error ? error : new Error(String(error)) };
}
