import type { ReloadReply } from '../control/operations.ts';
import type { Settings } from '../settings/settings.ts';
import { planReload } from './plan-reload.ts';
import type { SettingsHolder } from './settings-holder.ts';
import type { TcpServers } from './tcp-server.ts';

/** The parts of a supervisor that new settings go through. */
export interface AppliedParts {
  readonly settings: SettingsHolder;
  readonly tcp: TcpServers;
}

/** Puts settings in force beside a node that runs: what needs a start of it waits for that. */
export async function applySettings(
  { settings, tcp }: AppliedParts,
  next: Settings,
): Promise<Omit<ReloadReply, 'overridden'>> {
  const { applied, atNextStart, ...plan } = planReload(settings.current, next);
  settings.apply(plan.settings);
  const problems = await tcp.moved();
  return { applied, at_next_start: atNextStart, problems };
}
