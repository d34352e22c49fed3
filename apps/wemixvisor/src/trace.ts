import { debuglog } from 'node:util';

/** On by NODE_DEBUG=wemixvisor, as Node's own modules are, or by WEMIXVISOR_DEBUG=1. */
const isOn = debuglog('wemixvisor').enabled || process.env['WEMIXVISOR_DEBUG'] === '1';

/**
 * Writes a line on what the program does to standard error, for whoever debugs it: the process, milliseconds since it
 * began, the area, the message. Does nothing unless `NODE_DEBUG=wemixvisor` or `WEMIXVISOR_DEBUG=1` is set; only then is
 * the message made. Secrets must not be in it.
 *
 * @example trace('control', () => `GET /v1/status: 200 in ${took} ms`);
 */
export function trace(area: string, message: () => string): void {
  if (!isOn) return;
  process.stderr.write(
    `WEMIXVISOR ${process.pid} ${performance.now().toFixed(0)}ms ${area}: ${message()}\n`,
  );
}
