import { examplesOf, type Cause } from '../cause.ts';

/** A beginning of a line of dash, bash, busybox or zsh: the shell, the line, and what it was to run. */
const shell = '^[\\w./-]{1,300}: (?:line )?(?:\\d{1,6}: )?(?:exec: )?';

/** The program never came to run: the shell or the loader speaks in its place. */
export const programCauses: readonly Cause[] = [
  {
    name: 'wrong-program',
    class: 'never',
    meaning:
      'The program cannot be executed here: it is for another system, not executable, or not there.',
    remedy:
      'Check the path of the program, its right to be executed (chmod +x) and its architecture (file PATH).',
    signs: [
      {
        where: 'shell',
        pattern: new RegExp(
          `${shell}(?<path>[^:]{1,500}): (?:cannot execute(?: binary file)?: )?(?:cannot execute binary file|Exec format error)$`,
        ),
        summary: ({ part }) => `${part('path')} is not a program for this machine`,
      },
      {
        where: 'shell',
        pattern: new RegExp(
          `${shell}(?<path>[^:]{1,500}): (?:cannot execute: )?(?:[Pp]ermission denied|Is a directory)$`,
        ),
        summary: ({ part }) => `${part('path')} may not be executed`,
      },
      {
        where: 'shell',
        pattern: new RegExp(
          `${shell}(?<path>[^:]{1,500}): (?:cannot execute: )?(?:not found|command not found|required file not found|No such file or directory)$`,
        ),
        summary: ({ part }) => `${part('path')} is not there, or the loader that it needs is not`,
      },
    ],
    examples: [
      ...examplesOf(
        126,
        ['dash', 'sh: 1: exec: /opt/geth/geth: Exec format error'],
        ['bash', '/bin/sh: line 1: /opt/geth/geth: cannot execute binary file: Exec format error'],
        ['bash', 'bash: /opt/geth/geth: cannot execute binary file'],
        ['dash', 'sh: 1: exec: /opt/geth/geth: Permission denied'],
      ),
      ...examplesOf(
        127,
        ['dash', 'sh: 1: exec: geth: not found'],
        ['bash', './run.sh: line 3: gwemix: command not found'],
        ['bash', '/bin/sh: line 1: exec: /opt/geth/geth: cannot execute: required file not found'],
      ),
    ],
  },
  {
    name: 'library-missing',
    class: 'never',
    meaning: 'A library that the program was built with is missing on this machine, or too old.',
    remedy: 'Install the library (for gwemix often RocksDB), or use a build for this system.',
    signs: [
      {
        where: 'shell',
        pattern: /^[^:]{1,500}: error while loading shared libraries: (?<library>[^:]{1,200}): /,
        summary: ({ part }) => `the library ${part('library')} is missing`,
      },
      {
        where: 'shell',
        pattern:
          /^[^:]{1,500}: [^:]{1,300}: version `(?<library>[^']{1,100})' not found \(required by /,
        summary: ({ part }) => `the system has no ${part('library')}`,
      },
    ],
    examples: [
      ...examplesOf(127, [
        'gwemix w0.10.9, glibc',
        '/opt/wemix/bin/gwemix: error while loading shared libraries: librocksdb.so.6: cannot open shared object file: No such file or directory',
      ]),
      ...examplesOf(1, [
        'geth 1.17.5, glibc',
        "/opt/geth/geth: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.34' not found (required by /opt/geth/geth)",
      ]),
    ],
  },
];
