import { Command } from 'clipanion';
import { inspectHome } from '../control/inspect-home.ts';
import { readLastStart } from '../state/state-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { SettingsCommand } from './settings-command.ts';

/** `wemixvisor doctor`: what would happen at a start, without one. */
export class DoctorCommand extends SettingsCommand {
  static override readonly paths = [['doctor']];
  static override readonly usage = Command.Usage({
    description: 'look for what would stop a start, and change nothing',
    details: `
      Reads the node's arguments as the node would, and looks at the machine: the data directory and who has it, the ports
      and who has them, the files, the disk, the limits. Exit code 1 when something would stop the start.
      Without \`--\` it looks at the arguments of the last start.
    `,
    examples: [
      ['Before the first start', '$0 doctor -- --datadir /data --http'],
      ['On what runs now', '$0 doctor'],
    ],
  });

  override async execute(): Promise<number> {
    const { context, homePaths: paths } = this;
    const last = context.line.separated ? undefined : readLastStart(paths.launch);
    const { launch } = await this.startRequest(last);
    const { status } = await inspectHome(paths, Date.now());
    const { examine, wouldFail } = await import('../preflight/examine.ts');
    const { renderFacts, renderProblems } = await import('../render/examination.ts');
    const { renderFindings } = await import('@wemixvisor/passthrough/geth');
    const examination = await examine({
      ...launch,
      platform: context.platform,
      ownPid: status?.pid ?? null,
    });
    const { facts, findings, problems } = examination;
    const { stdout } = context;
    stdout.write(renderFacts(launch.binary, launch.node, facts));
    if (findings.length + problems.length > 0) stdout.write('\n');
    stdout.write(renderFindings(launch.args, findings, { colour: context.colorDepth > 1 }));
    stdout.write(renderProblems(problems));
    if (wouldFail(examination)) return exitCodes.failed;
    const pid = status?.pid ?? null;
    this.say(
      pid === null ? '\nnothing stands in the way of a start' : `\nthe node runs (pid ${pid})`,
    );
    return exitCodes.ok;
  }
}
