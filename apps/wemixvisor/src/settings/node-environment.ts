import { usageError } from '../app-error.ts';

/** Variables for wemixvisor, which the node does not get. */
const own = /^(?:WEMIXVISOR|DAEMON)_/;

/**
 * The node's whole environment: the operator's without wemixvisor's own variables, plus those of `--env`.
 *
 * Nothing with geth's prefixes is ever added: geth reads every `GETH_*` and gwemix every `GWEMIX_*` variable as an
 * option (internal/flags/helpers.go @ v1.13.1). Throws AppError for a variable whose bytes the system does not tell.
 */
export function nodeEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  added: readonly string[],
): Record<string, string> {
  const inherited = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !own.test(entry[0]),
  );
  const given = added.map((word) => word.split(/=([^]*)/, 2) as [string, string]);
  const all = Object.fromEntries([...inherited, ...given]);
  const lost = Object.keys(all).find((name) => all[name] === '\udc00');
  if (lost === undefined) return all;
  throw usageError(`the bytes of ${lost} are not known: set it in UTF-8, by --env or before`);
}
