import { join } from 'node:path';
import type { PreflightPorts } from './ports.ts';
import type { StopLimit, Surroundings } from './surroundings.ts';

type Machine = Pick<PreflightPorts, 'platform' | 'readText' | 'list' | 'stat' | 'run'>;
type Place = Required<Pick<Surroundings, 'home' | 'runningPid'>>;

/** Milliseconds that systemctl may take. */
const patienceMs = 3_000;

/** What the service manager of this machine gives a supervisor before it kills: the unit that it runs in, and the units that name its home. */
export function serviceLimits(place: Place, machine: Machine): Promise<readonly StopLimit[]> {
  return machine.platform === 'darwin'
    ? Promise.resolve(launchdLimits(place, machine))
    : systemdLimits(place, machine);
}

async function systemdLimits(
  { home, runningPid }: Place,
  machine: Machine,
): Promise<readonly StopLimit[]> {
  // As sd_booted(3) tells it.
  if (machine.stat('/run/systemd/system') === null) return [];
  const installed = filesNaming(home, '/etc/systemd/system', '.service', machine);
  // Where nothing runs, what is started will run where this does, unless a unit is there for it.
  const around = runningPid === null && installed.length > 0 ? null : unitOf(runningPid, machine);
  const units = [...new Set([...installed, ...(around === null ? [] : [around])])];
  if (units.length === 0) units.push('');
  const limits = await Promise.all(units.map((unit) => limitOf(unit, machine)));
  return limits.filter((limit) => limit !== null);
}

/** The limit of a unit; of the machine where it is empty. */
async function limitOf(unit: string, { run }: Machine): Promise<StopLimit | null> {
  const property = unit === '' ? 'DefaultTimeoutStopUSec' : 'TimeoutStopUSec';
  const which = unit === '' ? [] : ['--property=NotifyAccess', unit];
  const shown = await run('systemctl', ['show', `--property=${property}`, ...which], patienceMs);
  const ms = spanMs(new RegExp(`^${property}=(.*)$`, 'm').exec(shown)?.[1] ?? '');
  // There a supervisor asks for more time as long as its node stops, by systemd-notify(1), a process of its own.
  if (ms === null || /^NotifyAccess=all$/m.test(shown)) return null;
  if (unit.endsWith('.service')) {
    const remedy = `give it more: systemctl edit ${unit}, [Service] TimeoutStopSec=, or wemixvisor service --install again`;
    return { who: `systemd (${unit})`, ms, remedy };
  }
  const who = unit === '' ? 'a reboot' : `a reboot or logout (${unit})`;
  const remedy = 'run it as a service, which has its own limit: wemixvisor service --install';
  return { who, ms, remedy };
}

/** The outermost unit of a process, which the system's manager ends: a user's own services end with `user@1000.service`. */
function unitOf(pid: number | null, { readText }: Machine): string | null {
  const lines = readText(`/proc/${pid ?? 'self'}/cgroup`).split('\n');
  const path =
    lines.find((line) => line.includes(':name=systemd:')) ??
    lines.find((line) => line.startsWith('0::'));
  const unit = path?.split('/').find((part) => /\.(?:service|scope)$/.test(part)) ?? null;
  return unit === 'init.scope' ? null : unit;
}

/** A time span as systemctl(1) prints it, `1min 30s` or `infinity`, in milliseconds; null for anything else. */
function spanMs(text: string): number | null {
  if (text === 'infinity') return Infinity;
  const parts = text.split(' ').map((part) => /^([\d.]+)(us|ms|s|min|h|d|w|month|y)$/.exec(part));
  if (text === '' || parts.includes(null)) return null;
  return parts.reduce((sum, part) => sum + Number(part?.[1]) * (sizes[part?.[2] ?? ''] ?? 0), 0);
}

/** Milliseconds, as systemd.time(7) has them. */
const sizes: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  month: 2_629_800_000,
  y: 31_557_600_000,
};

/** Without a key, 20 s; 0 is never (launchd.plist(5)). */
function launchdLimits({ home }: Place, machine: Machine): readonly StopLimit[] {
  const folder = '/Library/LaunchDaemons';
  return filesNaming(home, folder, '.plist', machine).map((name) => {
    const text = machine.readText(join(folder, name));
    const seconds = Number(/<key>ExitTimeOut<\/key>\s*<integer>(\d+)/.exec(text)?.[1] ?? 20);
    const remedy = `give it more: ExitTimeOut in ${join(folder, name)}, as wemixvisor service launchd writes it`;
    return { who: `launchd (${name})`, ms: seconds === 0 ? Infinity : seconds * 1_000, remedy };
  });
}

/** The files of a folder that name wemixvisor and a home. */
function filesNaming(
  home: string | null,
  folder: string,
  ending: string,
  { list, readText }: Machine,
): readonly string[] {
  if (home === null) return [];
  return list(folder).filter((name) => {
    if (!name.endsWith(ending)) return false;
    const text = readText(join(folder, name));
    const at = text.indexOf(home);
    // Not the beginning of a longer path.
    return at >= 0 && text.includes('wemixvisor') && !/[\w./-]/.test(text.charAt(at + home.length));
  });
}
