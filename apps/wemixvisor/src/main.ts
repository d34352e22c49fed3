#!/usr/bin/env node
import { commandNames } from './commands/command-names.ts';
import { cacheFolder, runCompiled } from './compile-cache.ts';

/** What stands first on a command line: what one command compiles is of little use to another. */
const words = new Set(['supervise', ...commandNames.map((name) => name.split(' ')[0])]);

const [, , word = ''] = process.argv;
runCompiled(`${import.meta.dirname}/program.cjs`, {
  folder: cacheFolder(process.env, process.getuid?.() ?? -1),
  name: words.has(word) ? word : 'other',
});
