import type { SuperviseOptions } from '@wemixvisor/process';
import type { Settings } from '../settings/settings.ts';

type RestartPolicy = NonNullable<SuperviseOptions['policy']>;

/** The restart policy that the settings describe: without automatic restart, or with none allowed, one of `never`. */
export function restartPolicy(settings: Settings): RestartPolicy {
  return {
    restart: settings.autoRestart && settings.maxRestarts > 0 ? settings.restart : 'never',
    failureCauses: settings.restartAfterSignal ? ['signal-from-elsewhere'] : [],
    maxRestarts: settings.maxRestarts,
    restartDelayMs: settings.restartDelay,
    restartResetMs: settings.restartReset,
    restartJitter: settings.restartJitter,
    stopTimeoutMs: settings.stopTimeout,
    stopTimeoutMaxMs: settings.stopTimeoutMax,
    health: {
      maxRestarts: settings.healthMaxRestarts,
      windowMs: settings.healthRestartWindow,
      cooldownMs: settings.healthRestartCooldown,
    },
  };
}
