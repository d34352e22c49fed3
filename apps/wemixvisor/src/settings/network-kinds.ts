import * as t from 'typanion';
import { fromText, type Kind } from './kind.ts';

/** Where a node answers JSON-RPC: an http(s) URL or the path of an IPC socket. Null where it is not set. */
export const rpcEndpoint: Kind<string | null> = {
  schema: t.isNullable(
    fromText(
      (value): value is string => typeof value === 'string' && isRpcEndpoint(value),
      () => undefined,
    ),
  ),
  placeholder: 'URL',
  expected: "http://HOST:PORT, https://HOST[/PATH] or the path of the node's IPC socket",
  example: 'http://127.0.0.1:8545',
};

function isRpcEndpoint(text: string): boolean {
  if (isWebUrl(text)) return true;
  return /^(?!\w[\w+.-]*:\/\/)(?:ipc:.|.*\/|.*\.ipc$)/i.test(text) && !text.includes('\0');
}

/** An http or https URL; null where it is not set. */
export const webUrl: Kind<string | null> = {
  schema: t.isNullable(
    fromText(
      (value): value is string => typeof value === 'string' && isWebUrl(value),
      () => undefined,
    ),
  ),
  placeholder: 'URL',
  expected: 'a URL like https://example.org/hook',
  example: 'https://example.org/hook',
};

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** A TCP address to listen on; null where it is not set. */
export const address: Kind<string | null> = {
  schema: t.isNullable(
    t.cascade(t.isString(), [t.matchesRegExp(/^(\[[0-9a-fA-F:]+\]|[^:]+):\d{1,5}$/)]),
  ),
  placeholder: 'HOST:PORT',
  expected: 'an address like 127.0.0.1:9101',
  example: '127.0.0.1:9101',
};

/** A header of HTTP as `Name: value`: a token, a colon, and text without control characters (RFC 9110, section 5). */
const isHeader = (value: unknown): value is string =>
  typeof value === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ \t]*(?:\t|\P{Cc})+$/u.test(value);

/** Headers of HTTP, as `Name: value` words; as text, one a line. */
export const headers: Kind<readonly string[]> = {
  schema: fromText(
    (value): value is readonly string[] => Array.isArray(value) && value.every(isHeader),
    (text) => {
      const lines = text.split('\n').filter((line) => line !== '');
      return lines.every(isHeader) ? lines : undefined;
    },
  ),
  placeholder: 'NAME: VALUE',
  expected: "a header like 'X-Api-Key: …', or a list of them",
};
