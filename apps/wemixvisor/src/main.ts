#!/usr/bin/env node
import { commandNames } from './commands/command-names.ts';
import { cacheFolder, runCompiled } from './compile-cache.ts';
import { isQuick, parseCommandLine } from './parse-command-line.ts';

/** What stands first on a command line: what one command compiles is of little use to another. */
const words = new Set(['supervise', ...commandNames.map((name) => name.split(' ')[0])]);

const argv = process.argv.slice(2);
const part = isQuick(parseCommandLine(argv)) ? 'quick' : 'program';
const [word = ''] = argv;
runCompiled(`${import.meta.dirname}/${part}.cjs`, {
  folder: cacheFolder(process.env, process.getuid?.() ?? -1),
  name: part === 'quick' || !words.has(word) ? part : word,
});
