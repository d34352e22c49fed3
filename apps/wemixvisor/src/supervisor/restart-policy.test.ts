import { describe, expect, it } from 'vitest';
import { resolveSettings } from '../settings/resolve-settings.ts';
import { restartPolicy } from './restart-policy.ts';

const policyOf = (options: Readonly<Record<string, unknown>>) =>
  restartPolicy(resolveSettings({ options, environment: {} }).settings);

describe('restartPolicy', () => {
  it('has the defaults that are documented where nothing was said', () => {
    expect(policyOf({})).toEqual({
      restart: 'on-failure',
      failureCauses: [],
      maxRestarts: 5,
      restartDelayMs: 5_000,
      restartResetMs: 600_000,
      restartJitter: 0,
      stopTimeoutMs: 300_000,
      stopTimeoutMaxMs: 1_800_000,
      health: { maxRestarts: 3, windowMs: 21_600_000, cooldownMs: 1_800_000 },
    });
  });

  it('takes every setting in its own unit', () => {
    expect(
      policyOf({
        maxRestarts: '2',
        restartDelay: '100ms',
        restartReset: '1h',
        stopTimeout: '0',
        stopTimeoutMax: '1h',
        restart: 'always',
      }),
    ).toMatchObject({
      maxRestarts: 2,
      restartDelayMs: 100,
      restartResetMs: 3_600_000,
      stopTimeoutMs: 0,
      stopTimeoutMaxMs: 3_600_000,
      restart: 'always',
    });
  });

  it('counts a signal from elsewhere as a failure only where that is set', () => {
    expect(policyOf({ restartAfterSignal: 'true' }).failureCauses).toEqual([
      'signal-from-elsewhere',
    ]);
  });

  it('restarts nothing where that is switched off, whatever the policy says', () => {
    expect(policyOf({ autoRestart: 'false', restart: 'always' }).restart).toBe('never');
  });

  it('says that restarts are off where none are allowed', () => {
    expect(policyOf({ maxRestarts: '0', restart: 'always' }).restart).toBe('never');
  });
});
