import type { HomePaths } from '../state/home-paths.ts';
import type { Inspection } from './offline-status.ts';
import { statusFrom } from './open-control-client.ts';

/**
 * The status of a home: from its supervisor, or, where none listens, from what it left and the node itself. A `signal` gives up on a supervisor that
 * does not answer; its reason is thrown.
 */
export async function inspectHome(
  paths: HomePaths,
  now: number,
  {
    lookOffline = offlineStatus,
    signal,
  }: { readonly lookOffline?: typeof offlineStatus; readonly signal?: AbortSignal } = {},
): Promise<Inspection> {
  const asked = await statusFrom(paths, signal);
  if (asked !== null) return { status: asked, problem: null };
  const left = await lookOffline(paths, now);
  // A supervisor that came up meanwhile knows what its files do not say yet, as the end of a node that has just gone.
  const later = await statusFrom(paths, signal);
  return later === null ? left : { status: later, problem: null };
}

/** Loaded only now: what it needs costs a `status` that is answered a third of its time. */
async function offlineStatus(paths: HomePaths, now: number): Promise<Inspection> {
  return (await import('./offline-status.ts')).offlineStatus(paths, now);
}
