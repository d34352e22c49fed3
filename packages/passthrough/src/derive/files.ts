import { posix } from 'node:path';
import type { NodeConfiguration } from '../parse/read-configuration.ts';

/** A file that the node reads as it starts. */
export interface NodeFile {
  /** The flag that names it, without dashes. */
  readonly flag: string;
  /** Absolute. */
  readonly path: string;
  readonly purpose: string;
  /** False where the node makes the file itself when it is not there. */
  readonly mustExist: boolean;
}

const fileFlags = [
  { flag: 'config', purpose: 'the TOML configuration', mustExist: true },
  { flag: 'authrpc.jwtsecret', purpose: 'the secret of the Engine API', mustExist: false },
  { flag: 'nodekey', purpose: "the node's private key", mustExist: true },
  { flag: 'password', purpose: 'the passwords of unlocked accounts', mustExist: true },
  { flag: 'override.genesis', purpose: 'the genesis block', mustExist: true },
  { flag: 'beacon.config', purpose: 'the configuration of the beacon chain', mustExist: true },
  { flag: 'beacon.checkpoint.file', purpose: 'the beacon checkpoint', mustExist: false },
] as const;

/** The files named by flags or, for the secret of the Engine API, by the TOML file. */
export function deriveFiles({
  flagValues,
  config,
  context,
}: NodeConfiguration): readonly NodeFile[] {
  return fileFlags.flatMap(({ flag, purpose, mustExist }) => {
    const configured =
      flag === 'authrpc.jwtsecret' ? config.table('Node').text('JWTSecret') : undefined;
    const given = flagValues.text(flag) ?? configured;
    if (given === undefined || given === '') return [];
    return [{ flag, path: posix.resolve(context.cwd, given), purpose, mustExist }];
  });
}
