import posix from 'path-browserify';
import { servesEngineApi } from './listeners.ts';
import type { NodeConfiguration } from '../parse/read-configuration.ts';

/** A file that the node reads as it starts. */
export interface NodeFile {
  /** The flag that names it, without dashes. */
  readonly flag: string;
  /** Absolute. */
  readonly path: string;
  readonly purpose: string;
  /** False where the node makes the file itself when it is not there, in a folder that is. */
  readonly mustExist: boolean;
  /** What has to be in it; null where nothing is known of that. */
  readonly content: 'jwt-secret' | null;
}

const fileFlags = [
  ['config', 'the TOML configuration'],
  ['nodekey', "the node's private key"],
  ['password', 'the passwords of unlocked accounts'],
  ['override.genesis', 'the genesis block'],
  ['beacon.config', 'the configuration of the beacon chain'],
] as const;

/** The files named by flags or, for the secret of the Engine API, by the TOML file. */
export function deriveFiles(configuration: NodeConfiguration): readonly NodeFile[] {
  const { flagValues, config, context } = configuration;
  const secret = {
    flag: 'authrpc.jwtsecret',
    given: flagValues.text('authrpc.jwtsecret') ?? config.table('Node').text('JWTSecret'),
    purpose: 'the secret of the Engine API',
    mustExist: false,
    content: 'jwt-secret',
  } as const;
  const files = [
    ...fileFlags.map(([flag, purpose]) => {
      return { flag, given: flagValues.text(flag), purpose, mustExist: true, content: null };
    }),
    ...(servesEngineApi(configuration) ? [secret] : []),
  ];
  return files.flatMap(({ given, ...file }) =>
    given === undefined || given === ''
      ? []
      : [{ ...file, path: posix.resolve(context.cwd, given) }],
  );
}
