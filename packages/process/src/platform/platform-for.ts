import { ProcessError } from '../errors.ts';
import { darwin } from './darwin.ts';
import { linux } from './linux.ts';
import type { Platform } from './platform.ts';

/**
 * The process information of the given operating system.
 *
 * @throws ProcessError `PLATFORM_UNSUPPORTED` on others than linux and darwin.
 */
export function platformFor(name: NodeJS.Platform): Platform {
  if (name === 'linux') return linux();
  if (name === 'darwin') return darwin();
  throw new ProcessError(
    'PLATFORM_UNSUPPORTED',
    `processes cannot be told apart on ${name}: run it on linux or darwin`,
  );
}
