import type { NodeVersion } from '@wemixvisor/passthrough';

/** What a program says that its version is; null where it does not say. */
export const programVersion = ({ raw }: Pick<NodeVersion, 'raw'>): string | null =>
  raw === '' ? null : raw;
