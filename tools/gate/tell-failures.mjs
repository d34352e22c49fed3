/* Tells again which tests failed, and ends with 1: that was printed far above what else was done. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What vitest writes of a project.
 * @typedef {{ status: string, fullName: string, failureMessages: string[] }} Test
 * @typedef {{ name: string, status: string, message: string, assertionResults: Test[] }} File
 */

const results = fileURLToPath(new URL('../../.nx/test-results/', import.meta.url));
for (const name of existsSync(results) ? readdirSync(results) : []) {
  /** @type {{ testResults: File[] }} */
  const { testResults } = JSON.parse(readFileSync(join(results, name), 'utf8'));
  for (const file of testResults.filter(({ status }) => status === 'failed')) {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    const said = failed.map(({ fullName, failureMessages }) => [fullName, ...failureMessages]);
    console.error(['', file.name, file.message, ...said.flat()].join('\n'));
  }
}
process.exit(1);
