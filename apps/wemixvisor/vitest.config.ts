import { atLeast, projectTests } from '../../tools/config/vitest.ts';

// Most of its tests wait for processes.
export default projectTests(atLeast(80), { maxWorkers: 2 });
