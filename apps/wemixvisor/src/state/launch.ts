import type { NodeVersion } from '@wemixvisor/passthrough';
import type { NodeCommand } from '@wemixvisor/process';

/**
 * What the node is started with: its program, arguments, whole environment and working directory, and what the program
 * says it is. The lifecycle record keeps it as the node's command.
 */
export interface Launch extends NodeCommand {
  /** Tells how the program reads its command line. */
  readonly node: NodeVersion;
}

/** A launch as launch.json and the control socket have it: there the program is called `binary`. */
export interface LaunchJson {
  readonly binary: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly node: NodeVersion;
}

/** A launch as JSON. */
export function launchToJson({ file, args, env, cwd, node }: Launch): LaunchJson {
  return { binary: file, args, env, cwd, node };
}

/** A launch from JSON of the right form. */
export function launchFromJson({ binary, args, env, cwd, node }: LaunchJson): Launch {
  return { file: binary, args, env, cwd, node };
}

const unknownNode: NodeVersion = { flavour: 'unknown', version: null, raw: '' };

/** The launch that a command of the lifecycle record is; null where there is none. */
export function launchOf(command: NodeCommand | null): Launch | null {
  if (command === null) return null;
  return 'node' in command ? (command as Launch) : { ...command, node: unknownNode };
}
