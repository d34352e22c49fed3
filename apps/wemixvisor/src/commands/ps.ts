import { Command, Option } from 'clipanion';
import { findHomes } from '../control/find-homes.ts';
import { surveyHomes } from '../control/survey-homes.ts';
import { homesExitCode, homesReport } from '../report/homes-report.ts';
import { forgetHome, registerFolder } from '../state/home-register.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor ps`: every home on this machine in one table. */
export class PsCommand extends AppCommand {
  static override readonly paths = [['ps']];
  static override readonly usage = Command.Usage({
    description: 'list all homes on this machine and how their nodes are',
    details: `
      A line for each home of this user, the worst first: each that a supervisor was ever started in, until its folder is
      removed, and each with a supervisor that runs. Root sees those of others as long as a supervisor runs there. All are
      asked at once; one that does not answer within 3 s is shown as unknown. UNSUPERVISED is a node that runs though its
      supervisor does not: nobody starts it again when it ends.

      On a terminal there are as many columns as it has room for; elsewhere nothing is left out.
      Exit code: that of \`status\` for the worst home, 4 (unknown) before 1 (crashed or in error) before 2 (unsupervised)
      before 3 (stopped) before 0; without any home 3.
    `,
    examples: [
      ['All nodes of this machine', '$0 ps'],
      ['For programs', '$0 ps --json'],
      ['Stop all', '$0 ps --quiet | while read -r home; do $0 stop --home "$home"; done'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });
  readonly quiet = Option.Boolean('-q,--quiet', false, {
    description: 'Print the folders only, a line each',
  });

  override async execute(): Promise<number> {
    const { context } = this;
    const { stdout, interactive, columns, colorDepth, homeDirectory } = context;
    const found = findHomes({ ...context, chosen: this.homePaths.home });
    for (const home of found.gone) {
      forgetHome(registerFolder(context), home);
      this.warn(`wemixvisor: ${home} is gone and listed no more`);
    }
    const report = homesReport(await surveyHomes(found.homes, context));
    const { homes } = report;
    if (this.json) this.sayJson(report);
    else if (this.quiet) for (const { home } of homes) this.say(home);
    else if (homes.length === 0) this.warn(`wemixvisor: ${noHomes}`);
    else {
      const { renderHomes } = await import('../render/homes-table.ts');
      const width = interactive ? columns : null;
      const table = { now: Date.now(), width, colour: colorDepth > 1, homeDirectory };
      stdout.write(renderHomes(homes, table));
    }
    return homesExitCode(report);
  }
}

const noHomes = 'no home on this machine: a home is listed from its first wemixvisor start on';
