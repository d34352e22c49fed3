import type { CommandContext } from '../../context.ts';
import { renderSpan } from '../../render/status-table.ts';
import { readSettings } from '../../settings/read-settings.ts';
import { readLastStart } from '../../state/launch-file.ts';
import type { HomePaths } from '../../state/home-paths.ts';

/** How long a stop waits for the node before it kills it, in words; null where that cannot be told. */
export function graceWords({ uid }: Pick<CommandContext, 'uid'>, paths: HomePaths): string | null {
  const last = readLastStart(paths.launch);
  if (last === undefined) return null;
  try {
    const { settings } = readSettings(last, { standard: paths.config, uid });
    return settings.stopTimeout === 0 ? 'all the time it needs' : renderSpan(settings.stopTimeout);
  } catch {
    return null; // The configuration is wrong: who stops the node is told so then.
  }
}
