import { atLeast, projectTests } from '../../tools/config/vitest.ts';

// Its integration tests mostly wait for processes, so more files than cores run side by side.
export default projectTests(atLeast(90), { maxWorkers: 3 });
