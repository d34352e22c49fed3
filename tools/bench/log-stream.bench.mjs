import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeLog } from '@wemixvisor/logs';
import { afterAll, bench, describe } from 'vitest';
import { mebibyte, writeGethLog } from './logs-data.mjs';

const directory = mkdtempSync(join(tmpdir(), 'wv-bench-'));
writeGethLog(join(directory, 'node.log'), 16 * mebibyte);
afterAll(() => {
  rmSync(directory, { recursive: true, force: true });
});
const stream = (options) => writeLog({ directory, name: 'node', ...options }, () => {});

describe('16 MiB of log', () => {
  bench('all of it', () => stream({}));
  bench('a literal', () => stream({ grep: 'Looking for peers' }));
  bench('a level', () => stream({ level: 'warn' }));
  bench('the last 100 lines', () => stream({ lines: 100 }));
});
