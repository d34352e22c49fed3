import { readFileSync } from 'node:fs';
import { messageOf } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import { noSources, readLastStart } from '../../state/launch-file.ts';

/** The patterns of `log.mute`; a configuration that is wrong keeps nobody from the log, and is told. */
export async function mutePatterns(
  { env, uid }: Pick<AppContext, 'env' | 'uid'>,
  { launch, config: standard }: HomePaths,
  warn: (line: string) => void,
): Promise<readonly string[]> {
  const last = readLastStart(launch) ?? noSources;
  const environment = { ...last.environment, ...env };
  const config = last.config ?? env['WEMIXVISOR_CONFIG'] ?? standard;
  // The settings take longer to load than a log to show.
  if (environment['WEMIXVISOR_LOG_MUTE'] === undefined && !/\bmute\b/.test(textOf(config)))
    return [];
  try {
    const { readSettings } = await import('../../settings/read-settings.ts');
    const sources = {
      ...last,
      environment,
      config: last.config ?? env['WEMIXVISOR_CONFIG'] ?? null,
    };
    return readSettings(sources, { standard, uid }).settings.logMute;
  } catch (error) {
    warn(`wemixvisor: no line is muted: ${messageOf(error)}`);
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
