import { basename } from 'node:path';
import { deriveNodeFacts } from '@wemixvisor/passthrough/geth';
import { machineContext } from '@wemixvisor/passthrough/geth/node';
import type { HomePaths } from '../../state/home-paths.ts';
import type { Launch } from '../../state/launch.ts';
import type { ServiceFacts } from './service-text.ts';

/** A node as its service will start it, and its last start. */
export interface ServiceNode {
  readonly launch: Pick<Launch, 'file' | 'args' | 'cwd' | 'env'>;
  readonly last: Launch | undefined;
  readonly platform: 'linux' | 'darwin';
}

/**
 * The folders that a supervisor and its node write to. Unknown for a program that is neither geth nor gwemix, and without a node, where
 * the service repeats whatever was started last.
 */
export function writtenFolders(
  { home, socketMoved }: Pick<HomePaths, 'home' | 'socketMoved'>,
  node: ServiceNode | null,
): Pick<ServiceFacts, 'writable' | 'sharesTmp'> {
  const unknown = { writable: null, sharesTmp: true };
  if (node === null) return unknown;
  const { launch, last, platform } = node;
  const program = last?.file === launch.file ? last.node : programNamed(launch.file);
  const { env, args, cwd } = launch;
  const context = { ...machineContext(env), ...program, cwd, platform };
  const { dataDirectory, folders } = deriveNodeFacts(args, {
    ...context,
    homeDirectory: env['HOME'] ?? home,
  });
  const isKnown = program.flavour === 'geth' || program.flavour === 'gwemix';
  if (!isKnown) return unknown;
  const all = [home, ...(dataDirectory === null ? [] : [dataDirectory]), ...folders];
  const writable = all.filter((one) => !all.some((other) => one.startsWith(`${other}/`)));
  return { writable, sharesTmp: socketMoved };
}

/** Nothing is run to learn it: this may be root, and the program another user's. */
function programNamed(file: string) {
  const [, flavour = 'unknown'] = /^(geth|gwemix)\b/.exec(basename(file)) ?? [];
  return { flavour: flavour as 'geth' | 'gwemix' | 'unknown', version: null };
}
