import { Writable } from 'node:stream';
import { Cli } from 'clipanion';
import type { DashboardSource } from '@wemixvisor/dashboard';
import type { CommandContext } from '../../context.ts';
import { parseCommandLine } from '../../parse-command-line.ts';
import type { HomePaths } from '../../state/home-paths.ts';

type Act = DashboardSource['act'];

/** Runs the command of that name on this home, with what it refuses and what it checks before; what it writes is the notice. */
export async function runAction(
  context: CommandContext,
  { home }: HomePaths,
  action: Parameters<Act>[0],
  say: Parameters<Act>[1],
): ReturnType<Act> {
  let written = '';
  const write = (chunk: Buffer, _encoding: BufferEncoding, done: () => void) => {
    written += chunk.toString();
    if (written.trim() !== '') say(written.trim());
    done();
  };
  const words = [action, '--home', home];
  const own: CommandContext = {
    ...context,
    line: parseCommandLine(words),
    stdout: new Writable({ write }),
    stderr: new Writable({ write }),
    colorDepth: 1,
    interactive: false,
  };
  const cli = new Cli<CommandContext>({ binaryName: 'wemixvisor' });
  if (action === 'stop') cli.register((await import('../stop.ts')).StopCommand);
  else cli.register((await import('../restart.ts')).RestartCommand);
  const code = await cli.run(cli.process(words, own), own);
  return { isBad: code !== 0, text: written.trim().replaceAll(/^wemixvisor: /gm, '') };
}
