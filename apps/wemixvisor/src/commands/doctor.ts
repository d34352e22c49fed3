import { Command, Option } from 'clipanion';
import { inspectHome } from '../control/inspect-home.ts';
import { readLastStart } from '../state/launch-file.ts';
import type { Launch } from '../state/launch.ts';
import { exitCodes } from '../exit-codes.ts';
import { SettingsCommand } from './settings-command.ts';

/** `wemixvisor doctor`: checks what a start would need, without starting. */
export class DoctorCommand extends SettingsCommand {
  static override readonly paths = [['doctor']];
  static override readonly usage = Command.Usage({
    description: 'check what would prevent a start, or harm the node',
    details: `
      Checks the node's arguments as the node reads them, and the machine: the data directory and the ports and which
      process uses them, the files, the disk, the limits; of a gwemix that runs, whether other members are down. Without \`--\` it
      checks the arguments of the last start.
      Then what surrounds a node that runs: who kills it sooner than it may need to stop, measured by its past stops, who may
      change its home, the clock, the memory, a disk that fills up.
      Exit code: 0, or 1 when something would prevent the start.
    `,
    examples: [
      ['Before the first start', '$0 doctor -- --datadir /data --http'],
      ['The last start', '$0 doctor'],
      ['For programs', '$0 doctor --json'],
    ],
  });

  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  /** A node that runs may be a member of a network that needs it. */
  private async ofMembers(pid: number | null, launch: Launch) {
    if (pid === null || launch.node.flavour !== 'gwemix') return [];
    const { describeLaunch } = await import('../supervisor/describe-launch.ts');
    const { examineMembers } = await import('./examine-members.ts');
    const reading = { rpcUrl: null, rpcHeaders: [], platform: this.context.platform };
    return examineMembers(describeLaunch(launch, reading).memberEndpoint);
  }

  override async execute(): Promise<number> {
    const { context, homePaths: paths } = this;
    const last = context.line.separated ? undefined : readLastStart(paths.launch);
    const { launch, settings } = await this.startRequest(last);
    const { status } = await inspectHome(paths, Date.now());
    const { examineLaunch, wouldFail } = await import('../supervisor/examine-launch.ts');
    const { renderFacts, renderProblems } = await import('../render/examination.ts');
    const { renderFindings } = await import('@wemixvisor/passthrough/geth');
    const { stdout, platform } = context;
    const pid = status?.pid ?? null;
    const examination = await examineLaunch({ ...launch, platform, ownPid: pid });
    const { facts, findings } = examination;
    const hopeless = wouldFail(examination);
    const { examineSurroundings } = await import('./examine-surroundings.ts');
    const around = await examineSurroundings(context, {
      paths,
      settings,
      facts,
      status: status ?? null,
    });
    const { forkProblems } = await import('./fork-problems.ts');
    const known = status?.missing_fork ?? null;
    const problems = [
      ...examination.problems,
      ...(await this.ofMembers(pid, launch)),
      ...forkProblems(known, { ...launch, facts }),
      ...around.problems,
    ];
    if (this.json) {
      const { doctorReport } = await import('../report/doctor-report.ts');
      const start = { program: launch.file, node: launch.node, pid, wouldStart: !hopeless };
      this.sayJson(doctorReport({ ...start, facts, findings, problems, stops: around.stops }));
      return hopeless ? exitCodes.failed : exitCodes.ok;
    }
    stdout.write(renderFacts(launch.file, launch.node, facts));
    if (findings.length + problems.length > 0) stdout.write('\n');
    stdout.write(renderFindings(launch.args, findings, { colour: context.colorDepth > 1 }));
    stdout.write(renderProblems(problems));
    if (hopeless) return exitCodes.failed;
    const { status: health, reason } = status?.health ?? {};
    const how = health === 'degraded' || health === 'unhealthy' ? `, ${health}: ${reason}` : '';
    const none = problems.length === 0 ? 'no problems found' : 'nothing prevents a start';
    this.say(pid === null ? `\n${none}` : `\nthe node is running (pid ${pid})${how}`);
    return exitCodes.ok;
  }
}
