import type { Cause, CauseExample } from './cause.ts';
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
import type { Diagnosis } from './diagnosis.ts';

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
export interface DescribedCause {
  readonly name: string;
  readonly class: Diagnosis['class'];
  /** What it means, one sentence. */
  readonly meaning: string;
  /** What to do, one line; a diagnosis can have a narrower one. */
  readonly remedy: string;
  /** Lines that give it away, each with the exit status or signal that came with it and the release that wrote it. */
  readonly examples: readonly CauseExample[];
}

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
