/** Variables for wemixvisor, which the node does not get. */
const own = /^(?:WEMIXVISOR|DAEMON)_/;

/**
 * The node's whole environment: the operator's without wemixvisor's own variables, plus those of `--env`.
 *
 * Nothing with geth's prefixes is ever added: geth reads every `GETH_*` and gwemix every `GWEMIX_*` variable as an
 * option (internal/flags/helpers.go @ v1.13.1).
 */
export function nodeEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  added: readonly string[],
): Record<string, string> {
  const inherited = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !own.test(entry[0]),
  );
  const given = added.map((word): [string, string] => {
    const [name = '', ...value] = word.split('=');
    return [name, value.join('=')];
  });
  return Object.fromEntries([...inherited, ...given]);
}
