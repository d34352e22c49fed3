import { atLeast, projectTests } from '../../tools/config/vitest.ts';

export default projectTests(atLeast(85));
