import { redactSecrets } from '@wemixvisor/passthrough';
import type { Launch } from '../control/operations.ts';

/** In words, how a wanted launch differs from the one that runs; empty when it does not. The environment is not compared. */
export function launchDifferences(running: Launch, wanted: Launch): readonly string[] {
  const differences: string[] = [];
  if (running.binary !== wanted.binary) {
    differences.push(`the program is ${running.binary}, not ${wanted.binary}`);
  }
  if (!sameWords(running.args, wanted.args)) {
    differences.push(`the arguments are ${shown(running.args)}, not ${shown(wanted.args)}`);
  }
  return differences;
}

function sameWords(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((word, at) => word === others[at]);
}

function shown(args: readonly string[]): string {
  return args.length === 0 ? '(none)' : redactSecrets(args).join(' ');
}
