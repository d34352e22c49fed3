import { get } from 'node:http';

/** The lines that `GET /metrics` answers on the control socket of a supervisor. */
export function metricsOf(socketPath: string): Promise<readonly string[]> {
  return new Promise((resolve, reject) => {
    get({ socketPath, path: '/metrics' }, (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve(text.split('\n')));
    }).on('error', reject);
  });
}
