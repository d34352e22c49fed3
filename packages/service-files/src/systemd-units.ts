import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** A unit of a service, as it is installed. */
interface InstalledUnit {
  /** Without `.service`. */
  readonly name: string;
  /** The text, as `serviceFile` makes it. */
  readonly text: string;
  /** Folders that the unit needs: a missing one is made, for the owner alone. @default [] */
  readonly folders?: readonly string[];
  /** The owner of folders that are made. @default root */
  readonly owner?: { readonly uid: number; readonly gid: number } | null;
  /** Only root may read the file. systemd itself shows a command line to everyone. @default false */
  readonly secret?: boolean;
}

/** The result of an installation: `foreign` is a file that is not as this wrote it, `other` a unit of another service. */
type Installation =
  | { readonly outcome: 'installed' | 'updated' | 'unchanged' }
  | { readonly outcome: 'foreign' | 'other' };

/** The service units of a machine's administrator. */
interface SystemdUnits {
  /** Whether systemd runs this machine. */
  readonly isHere: boolean;
  /** The file of a unit. */
  file(name: string): string;
  /** Whether the service runs, or is about to. */
  isActive(name: string): boolean;
  /** Writes a unit that starts with the machine. Nothing is started. A file that somebody else wrote or edited is left as it is. */
  install(unit: InstalledUnit): Installation;
  /** Starts the service, and returns when it is ready. */
  start(name: string): void;
  /** Stops the service, which may take long, and removes its unit. */
  remove(name: string): 'removed' | 'missing' | 'foreign';
  /** What the service last said of itself; empty where it said nothing. */
  status(name: string): string;
}

/** The effects of {@link systemdUnits}. */
interface UnitPorts {
  /** The folder of the units. */
  readonly folder: string;
  /** Runs systemctl; `said` is its standard output, then its standard error. */
  readonly systemctl: (...args: readonly string[]) => {
    readonly code: number;
    readonly said: string;
  };
  readonly isHere: () => boolean;
}

/**
 * Installs and removes units in `/etc/systemd/system`, for which it has to be root. Each is written with a digest of its text, by which an
 * edited one is known later. Doing it again changes nothing.
 *
 * @throws Error for a call of systemctl that failed, with what it said, and those of `node:fs`.
 * @example
 * const units = systemdUnits();
 * const text = '[Service]\nExecStart=/usr/bin/queue\n';
 * const { outcome } = units.install({ name: 'queue', text });
 * if (outcome !== 'foreign' && outcome !== 'other') units.start('queue');
 */
export function systemdUnits(ports: Partial<UnitPorts> = {}): SystemdUnits {
  const { folder = '/etc/systemd/system', systemctl = runSystemctl, isHere = wasBooted } = ports;
  const file = (name: string) => join(folder, `${name}.service`);
  const must = (...args: readonly string[]) => {
    const { code, said } = systemctl(...args);
    if (code !== 0)
      throw new Error(`systemctl ${args.join(' ')}: ${said.trim() || `code ${code}`}`);
  };
  return {
    get isHere() {
      return isHere();
    },
    file,
    isActive: (name) => systemctl('is-active', '--quiet', `${name}.service`).code === 0,
    install({ name, text, secret = false, folders = [], owner = null }) {
      const before = textOf(file(name));
      const signed = `${mark(text)}${text}`;
      if (before !== null && before !== signed) {
        if (!isSigned(before)) return { outcome: 'foreign' };
        if (descriptionOf(before) !== descriptionOf(text)) return { outcome: 'other' };
      }
      if (before !== signed) {
        const temporary = `${file(name)}.new`;
        writeFileSync(temporary, signed, { mode: 0o600 });
        if (!secret) chmodSync(temporary, 0o644); // whatever the umask is
        renameSync(temporary, file(name));
      }
      for (const folder of folders) makeFolder(folder, owner);
      // Also where nothing changed: an earlier installation may have been cut short.
      must('daemon-reload');
      must('enable', '--quiet', `${name}.service`);
      return {
        outcome: before === null ? 'installed' : before === signed ? 'unchanged' : 'updated',
      };
    },
    start: (name) => must('start', `${name}.service`),
    remove(name) {
      const before = textOf(file(name));
      if (before === null) return 'missing';
      if (!isSigned(before)) return 'foreign';
      must('disable', '--quiet', '--now', `${name}.service`);
      rmSync(file(name));
      must('daemon-reload');
      systemctl('reset-failed', `${name}.service`); // it is an error where nothing had failed
      return 'removed';
    },
    status: (name) =>
      systemctl('show', '--property=StatusText', '--value', `${name}.service`).said.trim(),
  };
}

/** Below folders that everyone may enter. */
function makeFolder(folder: string, owner: InstalledUnit['owner']): void {
  if (existsSync(folder)) return;
  const first = mkdirSync(dirname(folder), { recursive: true }) ?? null;
  for (let made = dirname(folder); first !== null && made.startsWith(first); made = dirname(made)) {
    chmodSync(made, 0o755);
  }
  mkdirSync(folder, { mode: 0o700 });
  // Not through a link that its user may have put there by now.
  if (owner) lchownSync(folder, owner.uid, owner.gid);
}

/** The first line of an installed unit. */
const mark = (text: string) =>
  `# Not to be edited, systemctl edit adds to it; digest ${createHash('sha256').update(text).digest('hex')}\n`;

function isSigned(content: string): boolean {
  const text = content.slice(content.indexOf('\n') + 1);
  return content === `${mark(text)}${text}`;
}

const descriptionOf = (text: string) => /^Description=.*$/m.exec(text)?.[0];

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function runSystemctl(...args: readonly string[]): { code: number; said: string } {
  const { status, stdout, stderr, error } = spawnSync('systemctl', args, { encoding: 'utf8' });
  if (error !== undefined) throw new Error(`systemctl: ${error.message}`);
  return { code: status ?? 1, said: `${stdout}${stderr}` };
}

/** As sd_booted(3) tells it. */
const wasBooted = () => existsSync('/run/systemd/system');
