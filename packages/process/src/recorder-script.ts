import { constants } from 'node:os';

/** Names the child in a process list while it waits, and distinguishes it from the node it becomes. */
export const recorderName = 'wemixvisor-recorder';

/**
 * Signals of which some shell says nothing when one ended its child: INT and PIPE none does, QUIT bash and busybox, the others mksh.
 * Of every other one dash, bash, busybox and mksh say a word, so that the end of a crash needs no second look.
 */
const unspoken = ['HUP', 'INT', 'QUIT', 'PIPE', 'ALRM', 'TERM'] as const;
const unspokenStatuses = unspoken.map((name) => 128 + constants.signals[`SIG${name}`]).join('|');

/**
 * The recorder, read from standard input: bash prints no messages about signals when the script is an argument.
 * Arguments: the shell, the child's script, and what the child gets.
 *
 * It runs the child in the foreground (in the background SIGINT and SIGQUIT would be ignored in the node) and then
 * appends the status to its standard error, which is the exit record and receives the shell's own messages too. The brace,
 * opened before it by {@link handOver}, makes the shell read all before it runs any. The traps keep it alive through signals sent to the whole group; unlike
 * ignored signals they are not inherited. The probe finds out what the shell prints about a signal of which it may keep silent.
 */
export const recorderScript = `trap : HUP INT QUIT TERM
wemixvisor_shell=$1
wemixvisor_child=$2
shift 2
"$wemixvisor_shell" -c "$wemixvisor_child" ${recorderName} "$@" </dev/null
wemixvisor_status=$?
case $wemixvisor_status in ${unspokenStatuses})
  ulimit -c 0
  echo probe >&2
  "$wemixvisor_shell" -c 'kill -$1 $$' probe $((wemixvisor_status - 128))
esac
echo "exit $wemixvisor_status" >&2
exit "$wemixvisor_status"
}
`;

/** Commands of the child: what it can do while it waits, and what makes it the node. */
export interface BecomeNode {
  readonly prepare: string;
  readonly exec: string;
}

/**
 * The child: writes its pid to descriptor 3, waits there for one line, and becomes the node. The end of the stream instead
 * of the line means that the supervisor died before it could save the pid: then nothing is executed.
 */
export function childScript({ prepare, exec }: BecomeNode): string {
  return `
echo $$ >&3
${prepare}read -r wemixvisor_word <&3
[ "$wemixvisor_word" = go ] || exit 125
echo run >&2
${exec}
`;
}
