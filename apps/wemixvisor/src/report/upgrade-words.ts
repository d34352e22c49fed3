import type { UpgradePlan } from '../settings/upgrade-plan.ts';

type Told = Pick<UpgradePlan, 'step' | 'reason'> & {
  readonly from: { readonly version: string | null };
  readonly to: { readonly version: string | null };
};

/** Where an upgrade stands, in words: `upgrade to 1.17.5: the new program is watched`. */
export function upgradeWords({ step, from, to, reason }: Told): string {
  const why = reason === null ? '' : `: ${reason}`;
  return `upgrade ${fromTo(from.version, to.version)}: ${words[step]}${why}`;
}

/** What an upgrade leads from and to, in words. */
export const fromTo = (from: string | null, to: string | null): string =>
  `from ${from ?? 'an unknown version'} to ${to ?? 'an unknown version'}`;

const words = {
  waiting: 'it waits for its time',
  stopping: 'the old program is stopping',
  preparing: 'the node is down and its data is made ready',
  watching: 'the new program is watched',
  'going-back': 'the old program returns',
  kept: 'the new program has proved itself',
  'gone-back': 'the old program was started again',
  held: 'the new program has not proved itself and stays',
  cancelled: 'it was cancelled',
  failed: 'it was given up',
} as const satisfies Record<UpgradePlan['step'], string>;
