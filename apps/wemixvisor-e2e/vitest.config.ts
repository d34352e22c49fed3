import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { atLeast, projectTests } from '../../tools/config/vitest.ts';

/** Files that take long though they are short: begun last, they would run alone at the end. */
const long = ['faults/faults.test.ts', 'health/real-clients.test.ts', 'guide-'];

/** The long files first, the rest by size as ever. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) =>
      long.some((part) => moduleId.includes(part));
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default projectTests(atLeast(0), {
  include: [
    'scenarios/**/*.test.ts',
    'faults/**/*.test.ts',
    'soak/**/*.test.ts',
    'health/**/*.test.ts',
  ],
  testTimeout: 180_000,
  sequence: { sequencer: LongestFirst },
  // A scenario mostly waits for its processes, so more of them than cores run side by side.
  maxWorkers: 3,
  maxConcurrency: 3,
});
