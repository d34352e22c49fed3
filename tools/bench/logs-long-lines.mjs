/*
 * The memory that each kind of command takes for a log with lines of 10 MB, above bare Node.
 * Needs the built program: npx nx run wemixvisor:build && node tools/bench/logs-long-lines.mjs [MiB of other lines] [long lines]
 */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { counts, gethLog, inFolder, mebibyte, program, round, run } from './logs-data.mjs';

const [size, longLines] = counts([64, 6]);
const lineBytes = 10_000_000;
const longLine = `INFO [01-01|00:00:00.000] Traced a call                            output=0x${'00c0ffee'.repeat(lineBytes / 8)}\n`;
const event = `${JSON.stringify({ level: 'warn', time: new Date().toISOString(), msg: 'an event' })}\n`;

await inFolder(async (home) => {
  const file = openSync(join(home, 'logs', 'node.log'), 'w', 0o600);
  for (let line = 0; line < longLines; line += 1) {
    for (const piece of gethLog((size / longLines) * mebibyte)) writeSync(file, piece);
    writeSync(file, longLine);
  }
  closeSync(file);
  writeFileSync(join(home, 'logs', 'wemixvisor.log'), event.repeat(1000), { mode: 0o600 });
  const { mb: bare } = await run(process.execPath, ['-e', '0']);
  const kinds = [
    ['-n', 'all'],
    ['-n', '100'],
    ['-n', 'all', '--level', 'warn'],
    ['-n', 'all', '--grep', 'Traced'],
    ['-n', 'all', '--grep', 'number=[0-9,]+'],
    ['-n', 'all', '--grep', 'TRACED', '-i'],
    ['-n', 'all', '--grep', 'x+$', '-i'],
    ['-n', 'all', '--grep', '[a-f]+.*[G-Z]+$'],
    ['-n', 'all', '--grep', '(?<=ee)q+'],
    ['-n', 'all', '--grep', '(\\d)q\\1'],
    ['-n', 'all', '--json'],
    ['-n', '100', '--json'],
    ['-n', 'all', '--source', 'all'],
    ['-n', '100000', '--source', 'all', '--json'],
  ];
  const memory = {};
  for (const args of kinds) {
    const { ms, mb } = await run(process.execPath, [program, 'logs', '--home', home, ...args]);
    memory[args.join(' ')] = { ms: round(ms), mb: round(mb), above: round(mb - bare) };
  }
  console.log(
    `Node ${process.version}, ${size} MiB and ${longLines} lines of ${lineBytes} bytes: greatest resident size in MB, and above bare Node (${round(bare)})`,
  );
  console.table(memory);
});
