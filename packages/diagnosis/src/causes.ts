import type { Cause } from './cause.ts';
import { accountCauses } from './causes/accounts.ts';
import { chainCauses } from './causes/chain.ts';
import { commandLineCauses } from './causes/command-line.ts';
import { crashCauses } from './causes/crashes.ts';
import { damageCauses } from './causes/damage.ts';
import { dataCauses } from './causes/data.ts';
import { fileCauses } from './causes/files.ts';
import { networkCauses } from './causes/network.ts';
import { programCauses } from './causes/program.ts';
import { resourceCauses } from './causes/resources.ts';
import { valueCauses } from './causes/values.ts';

/** All causes with their signs. The first sign that matches wins, so a full disk or a denied path stands before what it spoils. */
export const table: readonly Cause[] = [
  ...resourceCauses,
  ...commandLineCauses,
  ...valueCauses,
  ...accountCauses,
  ...fileCauses,
  ...networkCauses,
  ...chainCauses,
  ...dataCauses,
  ...damageCauses,
  ...programCauses,
  ...crashCauses,
];

/** A cause as the documentation of a program can list it. */
export type DescribedCause = Omit<Cause, 'signs'>;

/**
 * Every cause that `classifyExit` can name, for documentation and tests.
 *
 * @example causes.filter((cause) => cause.class === 'never').map(({ name }) => name);
 */
export const causes: readonly DescribedCause[] = table.map(
  ({ name, class: itsClass, meaning, remedy, examples }) => ({
    name,
    class: itsClass,
    meaning,
    remedy,
    examples,
  }),
);
