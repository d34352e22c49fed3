import { redactSecrets } from '@wemixvisor/passthrough';
import type { NodeCommand } from '@wemixvisor/process';

/** In words, how a wanted launch differs from the one that runs; empty when it does not. The environment is not compared. */
export function launchDifferences(running: NodeCommand, wanted: NodeCommand): readonly string[] {
  const differences: string[] = [];
  if (running.file !== wanted.file) {
    differences.push(`the program is ${running.file}, not ${wanted.file}`);
  }
  if (JSON.stringify(running.args) !== JSON.stringify(wanted.args)) {
    differences.push(`the arguments are ${shown(running.args)}, not ${shown(wanted.args)}`);
  }
  return differences;
}

function shown(args: readonly string[]): string {
  return args.length === 0 ? '(none)' : redactSecrets(args).join(' ');
}
