import { fileURLToPath } from 'node:url';
import { atLeast, projectTests } from '../config/vitest.ts';

/** The unit tests of every project in one run: they start no process, so they share workers and what these have loaded. */
export default {
  ...projectTests(atLeast(0), {
    include: [
      '{packages,apps}/*/src/**/*.test.ts',
      'tools/{generators,lint,mutate,release,screencast}/*.test.ts',
    ],
  }),
  root: fileURLToPath(new URL('../../', import.meta.url)),
};
