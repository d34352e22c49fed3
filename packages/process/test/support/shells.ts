import { existsSync, realpathSync } from 'node:fs';

/** The shells of this machine that can be a recorder, each once: /bin/sh is often one of the others. */
export const shells: readonly string[] = [
  ...new Map(
    ['/bin/sh', '/bin/dash', '/bin/bash']
      .filter((shell) => existsSync(shell))
      .map((shell) => [realpathSync(shell), shell]),
  ).values(),
];
