import { atLeast, projectTests } from '../../tools/config/vitest.ts';

// The rotations of the integration tests wait for a disk that may be busy.
export default projectTests(atLeast(85), { testTimeout: 60_000 });
