import { usageError } from '../app-error.ts';

/**
 * Variables for wemixvisor, which the node does not get. The last three are the line of a service to systemd: a node that used them would
 * speak for its supervisor.
 */
const own = /^(?:(?:WEMIXVISOR|DAEMON)_|NOTIFY_SOCKET$|WATCHDOG_(?:USEC|PID)$)/;

/** Variables that geth and gwemix read as options (internal/flags/helpers.go @ v1.13.1). */
const asOption = /^(?:GETH|GWEMIX)_/;

/**
 * What a node that is started again reads as options as at its last start, and another terminal does not set. `notes` names each variable
 * that is not as it was.
 */
export function keptVariables(
  last: Readonly<Record<string, string>>,
  present: Readonly<Record<string, string>>,
): { readonly kept: Readonly<Record<string, string>>; readonly notes: readonly string[] } {
  const isKept = (name: string) => asOption.test(name) && present[name] === undefined;
  const isNew = (name: string) => asOption.test(name) && present[name] !== last[name];
  const kept = Object.keys(last).filter(isKept);
  return {
    kept: Object.fromEntries(kept.map((name) => [name, last[name] ?? ''])),
    notes: [
      ...kept.map(
        (name) => `${name} is kept from the last start; stop and start -- OPTIONS drop it`,
      ),
      ...Object.keys(present)
        .filter(isNew)
        .map((name) => `${name} is not as at the last start; the node reads it as an option`),
    ],
  };
}

/**
 * The node's whole environment: the operator's without wemixvisor's own variables, plus those of `--env`.
 *
 * Nothing with the prefixes of {@link asOption} is ever added. Throws AppError for a variable whose bytes the system does not tell.
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
