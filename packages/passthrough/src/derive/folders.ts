import posix from 'path-browserify';
import type { IpcEndpoint } from './endpoints.ts';
import type { NodeConfiguration } from '../parse/read-configuration.ts';

/**
 * The folders outside the data directory that a node writes to, absolute. A relative folder of old blocks or of ethash's cache lies in the
 * data directory (ResolveAncient in node/node.go, ResolvePath in node/config.go @ v1.13.15); the others count from the working folder.
 */
export function deriveFolders(
  { flagValues, config, context }: NodeConfiguration,
  ipc: IpcEndpoint | null,
  dataDirectory: string | null,
): readonly string[] {
  const [eth, node] = [config.table('Eth'), config.table('Node')];
  const resolved = (path: string | undefined) => (path ? posix.resolve(context.cwd, path) : null);
  const folderOf = (file: string | null) => (file === null ? null : posix.dirname(file));
  const apart = [
    flagValues.text('datadir.ancient') ?? eth.text('DatabaseFreezer'),
    flagValues.text('datadir.era') ?? eth.text('DatabaseEra'),
    flagValues.text('ethash.cachedir') ?? eth.table('Ethash').text('CacheDir'),
  ].filter((path) => path?.startsWith('/') === true);
  const folders = [
    ...apart,
    resolved(flagValues.text('keystore') ?? node.text('KeyStoreDir')),
    resolved(flagValues.text('ethash.dagdir') ?? eth.table('Ethash').text('DatasetDir')),
    folderOf(resolved(flagValues.text('log.file'))),
    folderOf(ipc === null ? null : resolved(ipc.path)),
  ].filter((path) => path !== null && path !== undefined);
  const isInside = (path: string) =>
    dataDirectory !== null && `${path}/`.startsWith(`${dataDirectory.replace(/\/$/, '')}/`);
  return [...new Set(folders.map((path) => posix.normalize(path)))].filter(
    (path) => !isInside(path),
  );
}
