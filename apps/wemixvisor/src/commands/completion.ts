import { Command, Option } from 'clipanion';
import { usageError } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor completion bash|zsh|fish`: prints a script that completes commands, options and their values. */
export class CompletionCommand extends AppCommand {
  static override readonly paths = [['completion']];
  static override readonly usage = Command.Usage({
    description: 'print a completion script for bash, zsh or fish',
    details: `
      Completes commands, options and their values, files and folders; after \`--\` only files. The script is static: the
      tab key does not run wemixvisor. Print it again after an upgrade.
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
    this.context.stdout.write(completionScript(shell, { name: 'wemixvisor', commands }));
    return exitCodes.ok;
  }
}
