import { declared } from './settings.ts';

const head = `## The configuration of wemixvisor. A line with one # is a setting with its default, or an example where there
## is none: remove the # to set it. Options override environment variables, which override this file.
## After a change: wemixvisor config check && wemixvisor reload
`;

/** A config.toml with every setting, explained and commented out. Without the first # of each line it is valid too. */
export function configTemplate(): string {
  return declared.template(head, { reload: 'on reload', start: 'at the next start of the node' });
}
