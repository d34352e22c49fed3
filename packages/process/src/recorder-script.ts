import { constants } from 'node:os';

/** Names the child in a process list while it waits, and distinguishes it from the node it becomes. */
export const recorderName = 'wemixvisor-recorder';

/** Signals that end a process by default; others would stop the shell that probes them. */
const deadly = [
  'HUP',
  'INT',
  'QUIT',
  'ILL',
  'TRAP',
  'ABRT',
  'BUS',
  'FPE',
  'KILL',
  'USR1',
  'SEGV',
  'USR2',
  'PIPE',
  'ALRM',
  'TERM',
  'XCPU',
  'XFSZ',
  'VTALRM',
  'PROF',
  'SYS',
] as const;

/** The real-time signals that Linux leaves to programs, SIGRTMIN (34) to SIGRTMAX (64), which have no names in Node: signal(7). */
const realTime = Array.from({ length: 31 }, (_, index) => 34 + index);
const deadlyStatuses = [...deadly.map((name) => constants.signals[`SIG${name}`]), ...realTime]
  .map((number) => 128 + number)
  .join('|');

/** Variables that a shell sets, changes or obeys: they bypass it as arguments of env(1). */
const shellVariables = [
  'PWD',
  'OLDPWD',
  'SHLVL',
  '_',
  'SHELLOPTS',
  'BASHOPTS',
  'BASH_ENV',
  'ENV',
  'POSIXLY_CORRECT',
  'IFS',
  'OPTIND',
  'OPTARG',
  'OPTERR',
  'PPID',
  'UID',
  'EUID',
  'GROUPS',
  'LINENO',
  'RANDOM',
  'SECONDS',
  'PS1',
  'PS2',
  'PS4',
];

/**
 * The recorder, read from standard input: bash prints no messages about signals when the script is an argument.
 * Arguments: the shell, the child's script, and what the child gets.
 *
 * It runs the child in the foreground (in the background SIGINT and SIGQUIT would be ignored in the node) and then
 * appends the status to its standard error, which is the exit record and receives the shell's own messages too. The braces
 * make the shell read all before it runs any. The traps keep it alive through signals sent to the whole group; unlike
 * ignored signals they are not inherited. The probe finds out what the shell prints about a signal of that number.
 */
export const recorderScript = `{
trap : HUP INT QUIT TERM
shell=$1
child=$2
shift 2
"$shell" -c "$child" ${recorderName} "$@" </dev/null
status=$?
case $status in ${deadlyStatuses})
  ulimit -c 0
  echo probe >&2
  "$shell" -c 'kill -$1 $$' probe $((status - 128))
esac
echo "exit $status" >&2
exit "$status"
}
`;

/**
 * The child: writes its pid to descriptor 3, waits there for one line, and becomes the node. The end of the stream instead
 * of the line means that the supervisor died before it could save the pid: then nothing is executed.
 * The last -u only keeps the marker in the command line until the node's program replaces env(1).
 */
export const childScript = `
echo $$ >&3
read -r word <&3
[ "$word" = go ] || exit 125
echo run >&2
exec /usr/bin/env ${shellVariables.map((name) => `-u ${name}`).join(' ')} -u ${recorderName} -- "$@" 2>&1 3>&-
`;

const bypassesShell = (name: string): boolean =>
  shellVariables.includes(name) || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name);

/** Divides an environment into what a shell passes on unchanged and what has to bypass it, as NAME=VALUE. */
export function divideEnvironment(env: Readonly<Record<string, string>>): {
  readonly through: Record<string, string>;
  readonly around: readonly string[];
} {
  const entries = Object.entries(env);
  return {
    through: Object.fromEntries(entries.filter(([name]) => !bypassesShell(name))),
    around: entries
      .filter(([name]) => bypassesShell(name))
      .map(([name, value]) => `${name}=${value}`),
  };
}
