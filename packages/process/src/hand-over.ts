import { bytesOfText, hasStrayBytes } from './byte-text.ts';
import { childScript, recorderName, recorderScript } from './recorder-script.ts';
import { exportedByShells, passesShell } from './shell-variables.ts';

/** How the recorder is started, so that program, arguments and environment arrive byte for byte and unseen. */
export interface HandOver {
  /** Arguments of the shell. */
  readonly args: readonly string[];
  /** Environment of the shell. */
  readonly env: Readonly<Record<string, string>>;
  /** The shell's standard input. */
  readonly script: Buffer;
}

/** What is handed over. */
interface HandedOver {
  readonly shell: string;
  /** The program and its arguments. */
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** The program env(1). */
  readonly envProgram: string;
}

/** Carries a whole `NAME=value` that may not pass the shell as itself. */
const carrier = (index: number): string => `wemixvisor_${index + 1}`;
/** Of the scripts' own variables. */
const isOurs = /^wemixvisor_/;

/**
 * Divides what the node gets by what a shell can take.
 *
 * A variable whose name a shell drops, changes or obeys travels in another one, `wemixvisor_1='a.b=value'`, for env(1) to
 * take it from there: an environment is its owner's alone, an argument is everybody's. Bytes that are not UTF-8 are
 * literals of the script, as Node writes arguments and variables in UTF-8.
 */
export function handOver({ shell, words, env, envProgram }: HandedOver): HandOver {
  const entries = Object.entries(env);
  const passes = ([name]: readonly [string, string]) => passesShell(name) && !isOurs.test(name);
  const carried = entries
    .filter((entry) => !passes(entry))
    .map(([name, value], index) => [carrier(index), `${name}=${value}`] as const);
  const variables = [...entries.filter(passes), ...carried];
  const child = childScript(
    becomeNode(
      carried.map(([name]) => name),
      envProgram,
    ),
  );
  const positional = [shell, child, ...words];
  const asLiterals = positional.some(hasStrayBytes);
  const literals = [
    ...(asLiterals ? [literalCommand('set --', positional)] : []),
    ...variables
      .filter(([, value]) => hasStrayBytes(value))
      .map(([name, value]) => literalCommand(`export ${name}=`, [value], '')),
  ];
  return {
    args: ['-s', ...(asLiterals ? [] : positional)],
    env: Object.fromEntries(variables.filter(([, value]) => !hasStrayBytes(value))),
    script: Buffer.concat([Buffer.from('{\n'), ...literals, Buffer.from(recorderScript)]),
  };
}

/** A command of the shell whose words are literals, byte for byte. */
function literalCommand(command: string, words: readonly string[], gap = ' '): Buffer {
  const quoted = words.map((word) =>
    bytesOfText(`${gap}'${word.replaceAll("'", String.raw`'\''`)}'`),
  );
  return Buffer.concat([Buffer.from(command), ...quoted, Buffer.from('\n')]);
}

/**
 * The commands by which the child becomes the node. `env -S` takes `${NAME}` from its environment, so that no value is in
 * its arguments; an env(1) without -S (busybox) gets those variables as arguments, until it executes the node.
 * The last -u only keeps the marker in the command line until the node's program replaces env(1).
 */
function becomeNode(carriers: readonly string[], envProgram: string) {
  const unset = [...exportedByShells, ...carriers, recorderName].map((name) => `-u ${name}`);
  const options = `${unset.join(' ')} --`;
  const exec = (how: string) => `exec ${envProgram} ${how} "$@" 2>&1 3>&-`;
  const plainly = exec([options, ...carriers.map((name) => `"$${name}"`)].join(' '));
  if (carriers.length === 0) return { prepare: '', exec: plainly };
  const unseen = exec(`-S '${[options, ...carriers.map((name) => `\${${name}}`)].join(' ')}'`);
  return {
    prepare: `${envProgram} -S ${envProgram} >/dev/null 2>&1 3>&- && wemixvisor_splits=yes\n`,
    exec: `[ "$wemixvisor_splits" != yes ] || ${unseen}\n${plainly}`,
  };
}
