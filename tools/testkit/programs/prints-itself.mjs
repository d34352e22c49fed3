// Prints as one line of JSON what it was given: arguments, environment, working directory, umask, descriptors, pid.
import { readdirSync, readlinkSync } from 'node:fs';

// Read before anything else opens a descriptor; those of Node itself are no files, pipes or sockets that lead outside.
const descriptors = {};
for (const name of process.platform === 'linux' ? readdirSync('/proc/self/fd') : []) {
  try {
    descriptors[name] = readlinkSync(`/proc/self/fd/${name}`);
  } catch {
    // the one that read the folder
  }
}
const [, , ...args] = process.argv;
const { env, pid } = process;
console.log(
  JSON.stringify({ args, env, pid, descriptors, cwd: process.cwd(), umask: process.umask() }),
);
