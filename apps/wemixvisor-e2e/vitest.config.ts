import { atLeast, projectTests } from '../../tools/config/vitest.ts';

export default projectTests(atLeast(0), {
  include: ['scenarios/**/*.test.ts', 'faults/**/*.test.ts', 'health/**/*.test.ts'],
  testTimeout: 180_000,
  // Each scenario runs several real processes; two at a time is what two cores hold.
  maxWorkers: 2,
  maxConcurrency: 3,
});
