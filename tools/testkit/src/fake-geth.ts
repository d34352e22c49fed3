import { fileURLToPath } from 'node:url';

/**
 * Path of an executable stand-in for geth: its flags, log format, RPC, exit codes and signals.
 * The head of the program lists the `FAKE_GETH_*` variables and the control file that script it.
 */
export const fakeGeth = fileURLToPath(new URL('../programs/fake-geth.mjs', import.meta.url));
