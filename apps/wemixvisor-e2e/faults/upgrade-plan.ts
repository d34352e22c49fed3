import { seededRandom } from './random.ts';

/**
 * Who is killed. `both`: the supervisor and the node at once; `all`: the shell beside the node too, as by a power cut. `disk`: nobody, but the
 * file system of the home is full for a while.
 */
const targets = ['supervisor', 'node', 'both', 'all', 'command', 'recorder', 'disk'] as const;
export type Target = (typeof targets)[number];

/** What the new program does: proves itself, dies at once, or stands still. */
const programs = { good: 3, dies: 1, stands: 1 };

export interface Strike {
  readonly target: Target;
  readonly from: 'command' | 'plan';
  readonly afterMs: number;
}

/** One upgrade, and what strikes it. */
export interface UpgradeRound {
  readonly seed: number;
  readonly program: keyof typeof programs;
  /** The data is copied before the switch. */
  readonly backup: boolean;
  /** In their order; `afterMs` counts from the beginning of the command, or from the moment at which the plan is on the disk. */
  readonly strikes: readonly Strike[];
}

/** Longest times until a strike: staging takes that long, and the switch and its watch. */
const longestMs = { command: 400, plan: 1_900 } as const;

/** The round of a seed. */
export function upgradeRoundOf(seed: number): UpgradeRound {
  const random = seededRandom(seed);
  const strikes = Array.from({ length: random.between(1, 3) }, (): Strike => {
    const target = random.pick({
      supervisor: 6,
      node: 2,
      both: 3,
      all: 2,
      command: 1,
      recorder: 1,
      disk: 2,
    });
    const from = random.chance(0.2) ? 'command' : 'plan';
    return { target, from, afterMs: random.between(0, longestMs[from]) };
  }).toSorted((a, b) => a.from.localeCompare(b.from) || a.afterMs - b.afterMs);
  return { seed, program: random.pick(programs), backup: random.chance(0.4), strikes };
}
