import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));

// Without it everything works, in one thread.
it.each(['apps/wemixvisor/dist/program.cjs', 'packages/logs/dist/index.js'])(
  'the program of a worker thread is in %s',
  (file) => {
    expect(readFileSync(root + file, 'utf8')).toMatch(/workerCode = ["'`].*parentPort/);
  },
);
