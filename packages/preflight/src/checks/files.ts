import { dirname } from 'node:path';
import type { PreflightPorts } from '../ports.ts';
import type { Problem } from '../problem.ts';

/** A file that an argument of the node names. */
export interface NamedFile {
  /** The option without its dashes: `config`. */
  readonly flag: string;
  readonly path: string;
  /** What it is for, in words. */
  readonly purpose: string;
  /** False where the node makes it when it is not there: then its folder has to be. @default true */
  readonly mustExist?: boolean;
  /** What has to be in it. @default null: anything */
  readonly content?: 'jwt-secret' | null;
}

type Machine = Pick<PreflightPorts, 'stat' | 'mayAccess' | 'readText'>;

/** A secret has 64 digits and may have `0x` before and white space around them; a file far larger is none, and not read. */
const longestSecret = 4_096;

/** Do the files exist, can they be read, and is in them what the node takes? The node makes folders in its data directory. */
export function checkFiles(
  files: readonly NamedFile[],
  dataDirectory: string | null,
  machine: Machine,
): readonly Problem[] {
  return files.flatMap((file) => {
    const fault = faultOf(file, dataDirectory, machine);
    if (fault === null) return [];
    const message = `${file.path} (${file.purpose}) ${fault.what}`;
    return [{ check: 'file', severity: 'error', message, remedy: fault.remedy }];
  });
}

function faultOf(
  file: NamedFile,
  dataDirectory: string | null,
  machine: Machine,
): { what: string; remedy: string } | null {
  const { flag, path, mustExist = true, content = null } = file;
  const remedy = `correct --${flag}`;
  const found = machine.stat(path);
  if (found === null) {
    if (mustExist) return { what: 'does not exist', remedy };
    const folder = dirname(path);
    if (machine.stat(folder) === null) {
      if (dataDirectory !== null && `${folder}/`.startsWith(`${dataDirectory}/`)) return null;
      return { what: 'cannot be made: its folder does not exist', remedy: `make ${folder}` };
    }
    if (machine.mayAccess(folder, 'write')) return null;
    return { what: 'cannot be made: its folder may not be written to', remedy };
  }
  if (!machine.mayAccess(path, 'read')) return { what: 'may not be read', remedy };
  // What is no ordinary file, as a pipe, can be read once only: the node has to.
  if (content === null || found.fileBytes === null) return null;
  if (found.fileBytes <= longestSecret && isJwtSecret(machine.readText(path))) return null;
  return {
    what: 'is no JWT secret of 32 bytes',
    remedy:
      'write 64 hexadecimal digits into it (openssl rand -hex 32), the same for the consensus client',
  };
}

/**
 * As the node reads it (obtainJWTSecret in node/node.go @ v1.16.9): white space and `0x` are taken off, and what follows the
 * last digit is not looked at.
 */
function isJwtSecret(text: string): boolean {
  const digits = text.trim().replace(/^0x/i, '');
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').length === 32;
}
