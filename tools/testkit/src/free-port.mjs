import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What the tests of this machine were given: several suites run at once, and a port is not open all the time that a test needs it. */
const given = join(tmpdir(), 'wemixvisor-test-ports');

/**
 * Takes a port for longer than any test lasts; false where another test has it.
 * @param {number} port
 */
function take(port) {
  const file = join(given, String(port));
  mkdirSync(given, { recursive: true });
  const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (mtimeMs !== undefined && mtimeMs > Date.now() - 900_000) return false;
  try {
    writeFileSync(file, '', { flag: mtimeMs === undefined ? 'wx' : 'w' });
    return true;
  } catch {
    return false;
  }
}

/**
 * A TCP port of the loopback interface that nobody had a moment ago, another one each time. It is none of those that the system gives to connections (from 32768
 * on Linux, 49152 on macOS), and even: the odd one after it is for whoever needs two.
 * @returns {Promise<number>}
 */
export function freePort() {
  const port = 20_000 + 2 * Math.floor(Math.random() * 6_000);
  if (!take(port)) return freePort();
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}
