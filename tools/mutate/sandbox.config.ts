import { fileURLToPath } from 'node:url';
import { atLeast, projectTests } from '../config/vitest.ts';

const folder = process.env['WEMIXVISOR_MUTATE_FOLDER'];
if (folder === undefined) throw new Error('main.mjs names the folder whose tests run');
const tests = process.env['WEMIXVISOR_MUTATE_TESTS'] ?? 'src/**/*.test.ts';

/** Runs the tests of one project within the copy of the workspace that Stryker mutates. */
export default {
  ...projectTests(atLeast(0), { include: tests.split(',') }),
  root: fileURLToPath(new URL(`../../${folder}`, import.meta.url)),
};
