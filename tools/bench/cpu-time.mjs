/* Runs with the processor time that they take, which others on the machine change less than the time by the clock. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';

/** Makes Node tell its greatest resident size on descriptor 3 when it ends. */
const tellSize = `data:text/javascript,${encodeURIComponent(
  "import { writeSync } from 'node:fs'; process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));",
)}`;
/** The shell's own `time` alone tells the processor time of a program on Linux and macOS alike. */
const script = `TIMEFORMAT='%R %U %S'; { time "$@" 2>&5; } 2>&4; exit 0`;

/**
 * Runs a command, its output going to a file: milliseconds by the clock and of the processor, user and system, and for Node with `size` the greatest resident
 * size in MB. What grep says by its exit code is not looked at.
 */
export async function timed(
  [command, ...args],
  { output = '/dev/null', locale = 'C.UTF-8', size = false } = {},
) {
  const given = size ? ['--import', tellSize, ...args] : args;
  const target = openSync(output, 'w');
  const child = spawn('bash', ['-c', script, 'bash', command, ...given], {
    stdio: ['ignore', target, 'inherit', 'pipe', 'pipe', 'inherit'],
    env: {
      PATH: process.env.PATH,
      LC_ALL: locale,
      HOME: process.env.HOME,
      WEMIXVISOR_ALLOW_ROOT: 'true',
    },
  });
  closeSync(target);
  const [told, times] = [3, 4].map((descriptor) => {
    const chunks = [];
    child.stdio[descriptor].on('data', (chunk) => chunks.push(chunk));
    return () => Buffer.concat(chunks).toString();
  });
  await once(child, 'close');
  const found = /([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(times());
  if (found === null) throw new Error(`${command} ${args.join(' ')} did not run: ${times()}`);
  const [clock, user, system] = found.slice(1).map((seconds) => Number(seconds) * 1000);
  return { clock, cpu: user + system, mb: (Number(told()) * 1024) / 1e6 };
}
