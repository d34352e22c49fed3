import { listOf, textThat, type ValueType } from './value-type.ts';

/** Where a node answers JSON-RPC: an http(s) URL or the path of an IPC socket. */
export const rpcEndpoint: ValueType<string> = {
  parse: textThat((text) => isWebUrl(text) || isIpcPath(text)),
  placeholder: 'URL',
  expected: "http://HOST:PORT, https://HOST[/PATH] or the path of the node's IPC socket",
  example: 'http://127.0.0.1:8545',
};

function isIpcPath(text: string): boolean {
  return /^(?!\w[\w+.-]*:\/\/)(?:ipc:.|.*\/|.*\.ipc$)/i.test(text) && !text.includes('\0');
}

/** An http or https URL. */
export const webUrl: ValueType<string> = {
  parse: textThat(isWebUrl),
  placeholder: 'URL',
  expected: 'a URL like https://example.org/hook',
  example: 'https://example.org/hook',
};

function isWebUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** A TCP address to listen on. */
export const address: ValueType<string> = {
  parse: textThat((text) => {
    const port = Number(/^(?:\[[0-9a-fA-F:]+\]|[^:]+):(\d{1,5})$/.exec(text)?.[1]);
    return port >= 1 && port <= 65_535;
  }),
  placeholder: 'HOST:PORT',
  expected: 'an address like 127.0.0.1:9101',
  example: '127.0.0.1:9101',
};

/** A header of HTTP as `Name: value`: a token, a colon, and text without control characters (RFC 9110, section 5). */
const isHeader = (value: unknown): value is string =>
  typeof value === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[ \t]*(?:\t|\P{Cc})+$/u.test(value);

/** Headers of HTTP, as `Name: value` words; a text has one on each line. */
export const headers: ValueType<readonly string[]> = {
  parse: listOf(isHeader, (text) => text.split('\n').filter((line) => line !== '')),
  placeholder: 'NAME: VALUE',
  expected: "a header like 'X-Api-Key: …', or a list of them",
};
