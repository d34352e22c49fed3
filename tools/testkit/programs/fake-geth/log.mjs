import { fstatSync } from 'node:fs';
import process from 'node:process';

/** Logs one record as geth's terminal format does (log/format.go @ v1.16.9). */
export function log(level, message, context = {}) {
  const now = new Date();
  const two = (value, width = 2) => String(value).padStart(width, '0');
  const time =
    `${two(now.getMonth() + 1)}-${two(now.getDate())}|${two(now.getHours())}:${two(now.getMinutes())}:` +
    `${two(now.getSeconds())}.${two(now.getMilliseconds(), 3)}`;
  const pairs = Object.entries(context).map(([key, value]) => {
    const text = typeof value === 'number' ? value.toLocaleString('en-US') : String(value);
    return ` ${key}=${/[\s="]/.test(text) ? JSON.stringify(text) : text}`;
  });
  const text = pairs.length > 0 ? message.padEnd(40) + pairs.join('') : message;
  process.stderr.write(`${level.padEnd(5)}[${time}] ${text}\n`);
}

/** Ends as utils.Fatalf does: the line goes to both outputs when they are different files. */
export function fatal(text) {
  const [out, err] = [fstatSync(1), fstatSync(2)];
  if (out.ino !== err.ino || out.dev !== err.dev) process.stdout.write(`Fatal: ${text}\n`);
  process.stderr.write(`Fatal: ${text}\n`);
  process.exit(1);
}
