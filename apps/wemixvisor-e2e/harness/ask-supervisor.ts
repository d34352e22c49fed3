import { request } from 'node:http';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';

/** What the supervisor of a home answers on its control socket; undefined where none answers, or not as wanted. */
export function askSupervisor(
  home: string,
  method: 'GET' | 'POST',
  path: string,
  body?: object,
): Promise<unknown> {
  return new Promise((resolve) => {
    const nothing = () => {
      resolve(undefined);
    };
    request({
      socketPath: join(home, 'run/control.sock'),
      method,
      path,
      headers: { host: 'wemixvisor', 'content-type': 'application/json' },
      timeout: 5000,
    })
      .on('response', (response) => {
        json(response).then((answer) => {
          resolve(response.statusCode === 200 ? answer : undefined);
        }, nothing);
      })
      .on('timeout', nothing)
      .on('error', nothing)
      .end(body === undefined ? undefined : JSON.stringify(body));
  });
}
