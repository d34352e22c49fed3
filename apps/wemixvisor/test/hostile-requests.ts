import fc from 'fast-check';
import { endpoints, eventsPath } from '../src/control/endpoints.ts';

const paths = [...Object.values(endpoints).map(({ path }) => path), eventsPath];
const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'TRACE', 'CONNECT'];

/** Spellings of a path that another server might take for it. */
const spellings = (path: string) => [
  path,
  `${path}/`,
  `/${path}`,
  `//x${path}`,
  `http://x${path}`,
  `/healthz/..${path}`,
  `/healthz?${path}`,
  `/healthz#${path}`,
  path.toUpperCase(),
  path.replaceAll('/', '%2f'),
  path.replace('stop', 's%74op'),
  `${path}?force=true`,
];

/** Every operation, asked for in every spelling by a request that is right. */
export const spelledRequests: readonly string[] = ['POST', 'GET'].flatMap((method) =>
  paths.flatMap((path) => spellings(path).map((spelled) => `${method} ${spelled} HTTP/1.1`)),
);

const mostly = <T>(usual: T, ...others: readonly T[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(usual) }, fc.constantFrom(...others));

const header = fc.oneof(
  fc.constantFrom(
    'X-HTTP-Method-Override: POST',
    'X-HTTP-Method: POST',
    'Transfer-Encoding: chunked',
    'Transfer-Encoding: chunked, identity',
    'Content-Length: 5',
    'Content-Length: 99999999999999999999',
    'Content-Length: -1',
    'Upgrade: h2c',
    'Connection: Upgrade, HTTP2-Settings',
    'Expect: 100-continue',
    'Expect: something',
    `X-Long: ${'a'.repeat(17 * 1024)}`,
    'Authorization: Bearer',
    `Authorization: Bearer ${'x'.repeat(4_000)}`,
    'no colon',
    ': no name',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const request = (extra: readonly string[]) =>
  fc
    .record({
      method: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom('POST', 'GET') },
        fc.constantFrom(...methods),
        fc.string({ maxLength: 8 }),
      ),
      path: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...paths) },
        fc.constantFrom(...paths.flatMap(spellings)),
        fc.webPath(),
      ),
      version: mostly('HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', ''),
      headers: fc.array(header, { maxLength: 2 }),
      ending: mostly('\r\n', '\n', '\r'),
      body: fc.oneof(
        fc.constantFrom('', '{}', '{"force":true}', '5\r\n{"a":\r\n0\r\n\r\n', 'a'.repeat(100_000)),
        fc.json(),
      ),
      isCounted: fc.boolean(),
    })
    .map(({ method, path, version, headers, ending, body, isCounted }) => {
      const counted = isCounted ? [`Content-Length: ${Buffer.byteLength(body, 'latin1')}`] : [];
      const head = [`${method} ${path} ${version}`, 'Host: x', ...extra, ...counted, ...headers];
      return Buffer.from([...head, '', body].join(ending), 'latin1');
    });

/** Bytes for a server: requests that are nearly right, one behind the other or cut short, TLS where none is, and noise. */
export function hostileBytes(headers: readonly string[] = []): fc.Arbitrary<Uint8Array> {
  const requests = fc
    .array(request(headers), { minLength: 1, maxLength: 3 })
    .map((all) => new Uint8Array(Buffer.concat(all)));
  const noise = fc.uint8Array({ maxLength: 2_000 });
  const handshake = noise.map((bytes) => Uint8Array.from([0x16, 0x03, 0x01, ...bytes]));
  const cut = fc.tuple(requests, fc.nat(400)).map(([bytes, length]) => bytes.slice(0, length));
  return fc.oneof({ weight: 5, arbitrary: requests }, cut, handshake, noise);
}
