import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The cache folder (`XDG_CACHE_HOME`) of all programs that tests start: each has a home of its own, and none needs to compile what another
 * one did.
 */
export const compiledCode: string = fileURLToPath(
  new URL('../node_modules/.cache', import.meta.url),
);
mkdirSync(compiledCode, { recursive: true, mode: 0o700 });
