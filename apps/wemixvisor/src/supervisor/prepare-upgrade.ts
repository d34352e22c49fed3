import { join } from 'node:path';
import { captureOutput } from '@wemixvisor/process';
import { copyData } from '@wemixvisor/upgrade';
import { AppError, messageOf } from '../app-error.ts';
import type { Upgrade } from '../state/upgrade-history.ts';
import type { UpgradePlan } from '../settings/upgrade-plan.ts';
import { factsOf } from './check-upgrade.ts';

type CopyProgress = Parameters<NonNullable<Parameters<typeof copyData>[0]['onProgress']>>[0];

/** What is done while the node is down, and who hears of it. */
export interface Preparation {
  readonly upgrade: Upgrade;
  readonly platform: 'linux' | 'darwin';
  readonly home: string;
  readonly onProgress: (progress: CopyProgress) => void;
  readonly signal: AbortSignal;
}

/** Milliseconds that a hook has. */
const hookMs = 10 * 60_000;

/**
 * Copies the data or puts it back, and runs the hook, in this order. Each can be done again after a kill.
 *
 * @throws AppError in words: then the new program is not started.
 */
export async function prepareUpgrade(preparation: Preparation): Promise<void> {
  const { upgrade, platform, onProgress, signal } = preparation;
  const { plan, from, to } = upgrade;
  const copy = copyOf(plan, () => factsOf(from ?? to, platform).dataDirectory);
  if (copy !== null) {
    await copyData({ ...copy, onProgress, signal }).catch((error: unknown) => {
      throw new AppError(messageOf(error));
    });
  }
  await runHook(preparation);
}

/** Where the copy of a plan's data is in the folder that was named. */
export const backupOf = ({ backup, id }: Pick<UpgradePlan, 'backup' | 'id'>): string | null =>
  backup === null ? null : join(backup, `before-${id}`);

/** What is to be copied where; null where nothing is. */
function copyOf(plan: UpgradePlan, dataDirectoryOf: () => string | null) {
  const [backup, { restore }] = [backupOf(plan), plan];
  if (backup === null && restore === null) return null;
  const dataDirectory = dataDirectoryOf();
  if (dataDirectory === null) throw new AppError('the data directory of the node is not known');
  return restore === null
    ? { from: dataDirectory, to: String(backup) }
    : { from: restore, to: dataDirectory };
}

async function runHook({ upgrade, home, signal }: Preparation): Promise<void> {
  const { plan, to } = upgrade;
  const [program, ...args] = plan.hook ?? [];
  if (program === undefined) return;
  const told = {
    WEMIXVISOR_HOME: home,
    WEMIXVISOR_UPGRADE_FROM: plan.from.version ?? '',
    WEMIXVISOR_UPGRADE_TO: plan.to.version ?? '',
    WEMIXVISOR_UPGRADE_PROGRAM: plan.to.program,
  };
  const env = { ...to.env, ...told };
  const limits = { timeoutMs: hookMs, cwd: to.cwd, env, signal };
  const { code, stderr, timedOut } = await captureOutput(program, args, limits);
  if (code === 0) return;
  const how = timedOut
    ? `had not ended after ${hookMs / 60_000} minutes`
    : `ended with ${code ?? 'a signal'}`;
  const said = stderr.trim().split('\n').at(-1) ?? '';
  throw new AppError(`the hook ${program} ${how}${said === '' ? '' : `: ${said}`}`);
}
