import type { openLogStore } from '@wemixvisor/logs';
import type { Settings } from '../settings/settings.ts';

/** What the settings say of a log's size, age and number of files; 0 stands for no limit. */
export function logLimits(
  settings: Settings,
): Required<Omit<Parameters<typeof openLogStore>[0], 'directory' | 'name' | 'compress'>> {
  const { logMaxSize, logMaxAge, logMaxFiles, logMaxTotalSize } = settings;
  return {
    maxSizeBytes: logMaxSize,
    maxAgeMs: logMaxAge === 0 ? null : logMaxAge,
    maxFiles: logMaxFiles,
    maxTotalBytes: logMaxTotalSize === 0 ? null : logMaxTotalSize,
  };
}
