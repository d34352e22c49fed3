import { Command, Option } from 'clipanion';
import { AppCommand } from './app-command.ts';
import { readStatus } from './status/show-status.ts';

/** `wemixvisor explain`: why the node is as it is, and what comes next. */
export class ExplainCommand extends AppCommand {
  static override readonly paths = [['explain']];
  static override readonly usage = Command.Usage({
    description: "explain the node's state, what comes next and what to do",
    details: `
      In a few lines: the state since when, its cause and the line of the log that tells, what was done, what comes next and
      when, and the command to type. Works with the supervisor down, too.
      Exit code: as of \`status\`.
    `,
    examples: [
      ['After an alert', '$0 explain'],
      ['For programs', '$0 explain --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const { status, problem, code } = await readStatus(this.homePaths);
    if (status === undefined) return this.fail(problem, code);
    const { explain } = await import('../report/explanation.ts');
    const { renderExplanation } = await import('../render/explanation.ts');
    const explained = explain(status);
    if (this.json) this.sayJson(explained);
    else this.context.stdout.write(renderExplanation(explained, Date.now()));
    return code;
  }
}
