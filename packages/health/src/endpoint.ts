import { HealthError } from './errors.ts';

/** Where a node answers JSON-RPC: over HTTP(S), or over the Unix socket that geth calls IPC. */
export type RpcEndpoint =
  | {
      readonly kind: 'http';
      readonly url: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | { readonly kind: 'ipc'; readonly path: string };

/** An HTTP endpoint whose URL holds no user or password: they are in the `authorization` header. */
export type HttpEndpoint = Extract<RpcEndpoint, { kind: 'http' }>;

const accepted = 'Give http://HOST:PORT, https://HOST[:PORT][/PATH], or the path of an IPC socket.';

/**
 * Reads what an operator types as `--rpc-url`: an http(s) URL, a path, or `ipc:PATH`.
 * A user and password in the URL become basic authentication. `headers` are added to the requests, where an `authorization` wins over
 * the user and password; IPC has none.
 *
 * @throws HealthError `BAD_ENDPOINT` with what to give instead; it never quotes a password.
 * @example parseEndpoint('http://127.0.0.1:8588');
 * @example parseEndpoint('/srv/gwemix/gwemix.ipc');
 * @example parseEndpoint('https://rpc.example', { 'x-api-key': '…' });
 */
export function parseEndpoint(
  text: string,
  headers: Readonly<Record<string, string>> = {},
): RpcEndpoint {
  const given = text.trim();
  if (/^https?:\/\//i.test(given)) return withHeaders(parseUrl(given), headers);
  if (/^ipc:/i.test(given)) return parsePath(given.slice(4).replace(/^\/\/(?=\/)/, ''));
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(given)) {
    throw refusal(given, 'only http, https and IPC are supported');
  }
  if (/^(\[[0-9a-f:]+\]|[a-z0-9.-]+):\d+$/i.test(given)) {
    throw refusal(given, `the scheme is missing; did you mean http://${given}?`);
  }
  if (given.includes('/') || given.endsWith('.ipc')) return parsePath(given);
  throw refusal(given, 'it is neither a URL nor a path');
}

function parseUrl(given: string): HttpEndpoint {
  let url: URL;
  try {
    url = new URL(given);
  } catch {
    // The cause of a URL error quotes its input, password and all.
    throw refusal(given, 'it is not a valid URL');
  }
  return withoutCredentials({ kind: 'http', url: url.href });
}

function parsePath(path: string): RpcEndpoint {
  if (path === '' || path.includes('\0')) throw refusal(path, 'the path is empty or not a path');
  return { kind: 'ipc', path };
}

function refusal(given: string, why: string): HealthError {
  // Greedy up to the last @: a password may itself hold an @ or a slash.
  const shown = given.replace(/\/\/.*@/, '//***@');
  return new HealthError('BAD_ENDPOINT', `RPC endpoint "${shown}": ${why}. ${accepted}`);
}

function withHeaders(
  endpoint: HttpEndpoint,
  headers: Readonly<Record<string, string>>,
): HttpEndpoint {
  const all: Record<string, string> = { ...endpoint.headers };
  for (const [name, value] of Object.entries(headers)) all[name.toLowerCase()] = value;
  return Object.keys(all).length === 0 ? endpoint : { ...endpoint, headers: all };
}

/** Moves the user and password from the URL to a header, so that no later message can quote them. */
export function withoutCredentials(endpoint: HttpEndpoint): HttpEndpoint {
  const url = new URL(endpoint.url);
  if (url.username === '' && url.password === '') return endpoint;
  const pair = `${decoded(url.username)}:${decoded(url.password)}`;
  const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
  url.username = '';
  url.password = '';
  return { kind: 'http', url: url.href, headers: { authorization, ...endpoint.headers } };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Describes an endpoint in messages: scheme and host only, because hosted RPC services keep their key in the path. */
export function describeEndpoint(endpoint: RpcEndpoint): string {
  return endpoint.kind === 'ipc' ? endpoint.path : new URL(endpoint.url).origin;
}
