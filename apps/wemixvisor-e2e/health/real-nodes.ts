import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { ethereumjs } from '../harness/clients.ts';

/** A real client that runs until it is disposed. */
export interface RealNode extends Disposable {
  readonly pid: number;
  readonly rpcUrl: string;
}

/** Runs a client that writes to nobody; disposing kills it, as a clean stop of ethereumjs takes 8 s. */
export function run(
  binary: string,
  args: readonly string[],
  { rpcUrl, cwd }: { readonly rpcUrl: string; readonly cwd: string },
): RealNode {
  const env = { PATH: process.env['PATH'] ?? '' };
  const child = spawn(binary, args, { cwd, env, stdio: 'ignore' });
  return {
    pid: child.pid ?? 0,
    rpcUrl,
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

/** An ethereumjs node on the chain of the demo: it seals a block every two seconds, or follows one that does. */
export async function ethereumjsNode(
  folder: string,
  { name, follows }: { readonly name: string; readonly follows?: string },
): Promise<RealNode> {
  const { binary, args, rpcUrl } = await ethereumjs(join(folder, name), follows);
  // It logs to a file of its own in the working folder, also when told not to.
  return run(binary, args, { rpcUrl, cwd: folder });
}
