import { atLeast, projectTests } from '../config/vitest.ts';

export default projectTests(atLeast(0), { include: ['*.test.ts', 'test/*.test.ts'] });
