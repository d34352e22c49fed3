import { createServer } from 'node:net';

/**
 * A TCP port of the loopback interface that nobody had a moment ago. It is none of those that the system gives to connections (from 32768
 * on Linux, 49152 on macOS), and even: the odd one after it is for whoever needs two.
 * @returns {Promise<number>}
 */
export function freePort() {
  const port = 20_000 + 2 * Math.floor(Math.random() * 6_000);
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(freePort()));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(port)));
  });
}
