import { atLeast, projectTests } from '../../tools/config/vitest.ts';

export default projectTests(atLeast(0), {
  include: ['scenarios/**/*.test.ts', 'faults/**/*.test.ts', 'health/**/*.test.ts'],
  testTimeout: 180_000,
  // A scenario mostly waits for its processes, so more of them than cores run side by side.
  maxWorkers: 3,
  maxConcurrency: 3,
});
