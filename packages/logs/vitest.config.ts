import { atLeast, projectTests } from '../../tools/config/vitest.ts';

// The rotations of the integration tests flush to a disk that may be busy.
export default projectTests(atLeast(85), { testTimeout: 30_000 });
