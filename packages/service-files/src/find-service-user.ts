import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';

/** A user that a service runs as. */
interface ServiceUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
  /** The user's home directory. */
  readonly home: string;
  /**
   * Whether the user may read, write to, or execute (enter, for a folder) a path; null where this process cannot tell: it asks as the
   * user, which only root can for another one, by `setpriv` of util-linux.
   */
  may(right: 'r' | 'w' | 'x', path: string): boolean | null;
}

/** The result of looking for a user. */
interface FoundUser {
  /** Null where the system knows none of that name. */
  readonly user: ServiceUser | null;
  /** The users of the machine's own list, to name one that is near. */
  readonly known: readonly string[];
}

/** The effects of {@link findServiceUser}. */
interface UserPorts {
  /** The user of this process. */
  readonly uid: number;
  /** The text of `/etc/passwd`. */
  readonly readUsers: () => string;
  /** Runs a program without a shell; the code is null where it could not be run. */
  readonly run: (
    program: string,
    args: readonly string[],
  ) => {
    readonly code: number | null;
    readonly stdout: string;
  };
}

/**
 * Finds a user by name: in `/etc/passwd`, else where the system says, as in LDAP or on macOS.
 *
 * @example
 * findServiceUser('geth').user?.home; // '/home/geth'
 */
export function findServiceUser(name: string, ports: Partial<UserPorts> = {}): FoundUser {
  const { uid = process.getuid?.() ?? -1, readUsers = usersOfThisMachine, run = runNow } = ports;
  const entries = readUsers()
    .split('\n')
    .filter((line) => line.includes(':') && !line.startsWith('#'));
  const nameOf = (line: string) => line.slice(0, line.indexOf(':'));
  const known = entries.map(nameOf);
  if (!/^[^\s:-][^\s:]*$/.test(name)) return { user: null, known };
  const entry = entries.find((line) => nameOf(line) === name) ?? askSystem(name, run);
  return { user: entry === null ? null : userOf(entry, { uid, run }), known };
}

/** macOS has more fields than passwd(5): class, change and expire stand before the last three. */
function userOf(line: string, { uid, run }: Pick<UserPorts, 'uid' | 'run'>): ServiceUser | null {
  const fields = line.trim().split(':');
  const [name = '', , ...ids] = fields;
  const user = { name, uid: Number(ids[0]), gid: Number(ids[1]), home: fields.at(-2) ?? '' };
  if (!Number.isInteger(user.uid) || !user.home.startsWith('/')) return null;
  return { ...user, may: (right, path) => may(user, { uid, run }, [right, path]) };
}

function askSystem(name: string, run: UserPorts['run']): string | null {
  for (const [program, args] of lookUps) {
    const { code, stdout } = run(program, [...args, name]);
    if (code === 0 && stdout.includes(':')) return stdout;
  }
  return null;
}

const lookUps = [
  ['getent', ['passwd']],
  ['id', ['-P']],
] as const;

const rights = { r: constants.R_OK, w: constants.W_OK, x: constants.X_OK };

function may(
  user: Pick<ServiceUser, 'uid' | 'gid'>,
  { uid, run }: Pick<UserPorts, 'uid' | 'run'>,
  [right, path]: readonly ['r' | 'w' | 'x', string],
): boolean | null {
  if (user.uid === uid) {
    try {
      accessSync(path, rights[right]);
      return true;
    } catch {
      return false;
    }
  }
  if (uid !== 0) return null;
  const as = ['--reuid', `${user.uid}`, '--regid', `${user.gid}`, '--init-groups'];
  const { code } = run('setpriv', [...as, '--', 'test', `-${right}`, path]);
  return code === 0 ? true : code === 1 ? false : null;
}

function usersOfThisMachine(): string {
  try {
    return readFileSync('/etc/passwd', 'utf8');
  } catch {
    return '';
  }
}

function runNow(program: string, args: readonly string[]): { code: number | null; stdout: string } {
  const { status, stdout, error } = spawnSync(program, args, { encoding: 'utf8' });
  return error === undefined ? { code: status, stdout } : { code: null, stdout: '' };
}
