import { createServer } from 'node:net';

/** What this process was given: of three ports at random two were the same, once in some thousand times. */
const given = new Set();

/**
 * A TCP port of the loopback interface that nobody had a moment ago, another one each time. It is none of those that the system gives to connections (from 32768
 * on Linux, 49152 on macOS), and even: the odd one after it is for whoever needs two.
 * @returns {Promise<number>}
 */
export function freePort() {
  const port = 20_000 + 2 * Math.floor(Math.random() * 6_000);
  if (given.has(port)) return freePort();
  given.add(port);
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}
