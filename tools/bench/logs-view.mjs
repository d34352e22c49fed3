/* The smallest viewer: writes a log to standard output by the library alone. logs-view.mjs FOLDER JSON-OPTIONS */
import { writeSync } from 'node:fs';
import { writeLog } from '@wemixvisor/logs';

const [directory, options] = process.argv.slice(2);
await writeLog({ directory, name: 'node', ...JSON.parse(options) }, (bytes) => {
  for (let at = 0; at < bytes.length;) at += writeSync(1, bytes, at);
});
