import type { ReloadReply } from '../control/operations.ts';
import type { Settings } from '../settings/settings.ts';
import { planReload } from './plan-reload.ts';
import type { ProbeServer } from './probe-server.ts';
import type { SettingsHolder } from './settings-holder.ts';

/** The parts of a supervisor that new settings go through. */
export interface AppliedParts {
  readonly settings: SettingsHolder;
  readonly probes: ProbeServer;
}

/** Puts settings in force beside a node that runs: what needs a start of it waits for that. */
export async function applySettings(
  { settings, probes }: AppliedParts,
  next: Settings,
): Promise<Omit<ReloadReply, 'overridden'>> {
  const { applied, atNextStart, ...plan } = planReload(settings.current, next);
  settings.apply(plan.settings);
  const problem = await probes.moved();
  return {
    applied,
    at_next_start: atNextStart,
    problems: problem === null ? [] : [problem],
  };
}
