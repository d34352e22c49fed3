import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { everyProcess } from './processes.ts';

/** The command lines of the machine that hold a secret. */
export function commandLinesWith(secret: string): readonly string[] {
  return everyProcess()
    .filter(({ commandLine }) => commandLine.includes(secret))
    .map(({ pid, commandLine }) => `${pid} ${commandLine}`);
}

/** The files below a folder that hold a secret, by their path in it. */
export function filesWith(secret: string, folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, 'latin1').includes(secret))
    .map((file) => relative(folder, file));
}
