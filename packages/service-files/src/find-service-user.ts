import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';

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
  /** What the user may not do of all that its service has to, a line each; a path that does not exist is no obstacle. */
  obstacles(needs: ServiceNeeds): readonly string[];
}

/** What a service's user has to be able to do. */
interface ServiceNeeds {
  /** Programs to run. */
  readonly programs: readonly string[];
  /** Files to read. */
  readonly files: readonly string[];
  /** The folder to run in; null where it is any. */
  readonly cwd: string | null;
  /** Folders to write to. */
  readonly writable: readonly string[];
}

/** The result of looking for a user. */
interface FoundUser {
  /** Null where the system knows none of that name. */
  readonly user: ServiceUser | null;
  /** The users of the machine's own list, to name one that is near. */
  readonly known: readonly string[];
  /** The command that makes a user of that name on Linux, with a home and without a login; null for what is no name. */
  readonly make: string | null;
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
  if (!/^[^\s:-][^\s:]*$/.test(name)) return { user: null, known, make: null };
  const entry = entries.find((line) => nameOf(line) === name) ?? askSystem(name, run);
  const make = /^[a-z_][a-z0-9_-]*$/.test(name)
    ? `${useradd} --home-dir /var/lib/${name} ${name}`
    : null;
  return { user: entry === null ? null : userOf(entry, { uid, run }), known, make };
}

const useradd = 'sudo useradd --system --user-group --create-home --shell /usr/sbin/nologin';

/** macOS has more fields than passwd(5): class, change and expire stand before the last three. */
function userOf(line: string, { uid, run }: Pick<UserPorts, 'uid' | 'run'>): ServiceUser | null {
  const fields = line.trim().split(':');
  const [name = '', , ...ids] = fields;
  const user = { name, uid: Number(ids[0]), gid: Number(ids[1]), home: fields.at(-2) ?? '' };
  if (!Number.isInteger(user.uid) || !user.home.startsWith('/')) return null;
  const can: ServiceUser['may'] = (right, path) => may(user, { uid, run }, [right, path]);
  return { ...user, may: can, obstacles: (needs) => obstaclesOf(name, can, needs) };
}

function obstaclesOf(
  name: string,
  can: ServiceUser['may'],
  { programs, files, cwd, writable }: ServiceNeeds,
): readonly string[] {
  const denied = (right: 'r' | 'w' | 'x', paths: readonly string[], words: string) =>
    paths
      .filter((path) => existsSync(path) && can(right, path) === false)
      .map((path) => `the user ${name} may not ${words} ${path}`);
  return [
    ...denied('x', programs, 'run'),
    ...denied('r', files, 'read'),
    ...denied('x', cwd === null ? [] : [cwd], 'enter'),
    ...denied('w', writable, 'write to'),
  ];
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
