import { Command, Option } from 'clipanion';
import { usageError } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { readLastStart } from '../state/launch-file.ts';
import { AppCommand } from './app-command.ts';

/** Where nothing was started yet. */
const newest = { flavour: 'geth', version: null } as const;

/** `wemixvisor completion bash|zsh|fish`: prints a script that completes commands, options and their values. */
export class CompletionCommand extends AppCommand {
  static override readonly paths = [['completion']];
  static override readonly usage = Command.Usage({
    description: 'print a completion script for bash, zsh or fish',
    details: `
      Completes commands, options and their values, files and folders; after \`--\` the options of the node, as the release
      of the last start has them, else the newest geth. The script is static: the tab key runs neither wemixvisor nor the
      node. Print it again after an upgrade of either.
    `,
    examples: [
      [
        'bash, for this user',
        '$0 completion bash > ~/.local/share/bash-completion/completions/wemixvisor',
      ],
      ['bash, in .bashrc', 'source <($0 completion bash)'],
      ['zsh, in a folder of fpath', '$0 completion zsh > ~/.zfunc/_wemixvisor'],
      ['fish', '$0 completion fish > ~/.config/fish/completions/wemixvisor.fish'],
    ],
  });

  readonly shell = Option.String({ name: 'bash|zsh|fish' });

  override async execute(): Promise<number> {
    const { shell } = this;
    if (shell !== 'bash' && shell !== 'zsh' && shell !== 'fish') {
      throw usageError(`there is no completion for "${shell}": must be bash, zsh or fish`);
    }
    const { completionScript } = await import('@wemixvisor/completion');
    const help = { name: 'help', description: 'explain a command', argument: 'commands' } as const;
    const commands = [...(await this.context.definitions()), help];
    const passedOptions = await this.nodeOptions();
    this.context.stdout.write(
      completionScript(shell, { name: 'wemixvisor', commands, passedOptions }),
    );
    return exitCodes.ok;
  }

  private async nodeOptions() {
    const { offeredFlags } = await import('@wemixvisor/passthrough/geth');
    const node = readLastStart(this.homePaths.launch)?.launch.node ?? newest;
    return offeredFlags(node).map(({ names, usage, values }) => ({
      names: names.map((name) => `--${name}`),
      description: usage,
      values: values === 'path' ? ('files' as const) : values,
    }));
  }
}
