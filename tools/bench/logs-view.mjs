/* The smallest viewer: writes a log to standard output by the library alone, in at most so many threads. logs-view.mjs FOLDER JSON-OPTIONS [THREADS] */
import { writeSync } from 'node:fs';
import { compileTests, writeLog } from '@wemixvisor/logs';

const [directory, text, threads] = process.argv.slice(2);
const { where = null, ...options } = JSON.parse(text);
const { tests } = compileTests({ where });
const workers = threads === undefined ? {} : { most: Number(threads) };
await writeLog(
  { directory, name: 'node', tests, ...options },
  (bytes) => {
    for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
  },
  { workers },
);
