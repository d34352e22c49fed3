import { atLeast, projectTests } from '../config/vitest.ts';

export default projectTests(atLeast(0), {
  include: ['*.test.ts'],
  testTimeout: 180_000,
  maxWorkers: 2,
  maxConcurrency: 4,
});
