import type { Members } from '@wemixvisor/gwemix';
import { Command, Option } from 'clipanion';
import { AppError, usageError } from '../app-error.ts';
import { inspectHome } from '../control/inspect-home.ts';
import { exitCodes, type ExitCode } from '../exit-codes.ts';
import { readLastStart } from '../state/launch-file.ts';
import type { MemberClient } from '../supervisor/member-client.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor wemix members|etcd|ballots`: the governance of a WEMIX network, as the node sees it. */
export class WemixCommand extends AppCommand {
  static override readonly paths = [['wemix']];
  static override readonly usage = Command.Usage({
    description: 'show members, etcd and ballots of a WEMIX network',
    details: `
      Asks the node of this home, a gwemix, over its socket. Nothing is changed, and nothing is voted on.

      \`wemix members\` shows who makes blocks and how high everybody is, \`wemix etcd\` who leads and whether enough of them are
      up, \`wemix ballots\` the newest 50 ballots and which of them wait for this member.
      Exit code: 0, 1 the node does not say it, 2 etcd of this member is down or has no quorum, 3 not running.
    `,
    examples: [
      ['Who is up, and how high?', '$0 wemix members'],
      ['May this member stop now?', '$0 wemix etcd'],
      ['What waits for this member?', '$0 wemix ballots --json'],
    ],
  });

  readonly view = Option.String({ required: false, name: 'members|etcd|ballots' });
  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const { view = 'members' } = this;
    if (!isView(view)) {
      throw usageError(
        `there is no command "wemix ${view}": use wemixvisor wemix members, wemix etcd or wemix ballots`,
      );
    }
    const last = readLastStart(this.homePaths.launch);
    const { status } = await inspectHome(this.homePaths, Date.now());
    if (last === undefined || status?.pid === null) {
      return this.fail(this.neverStarted ?? 'the node is not running', exitCodes.notRunning);
    }
    const { describeLaunch } = await import('../supervisor/describe-launch.ts');
    const reading = { rpcUrl: null, rpcHeaders: [], platform: this.context.platform };
    const { memberEndpoint } = describeLaunch(last.launch, reading);
    if (memberEndpoint === null) {
      throw new AppError(
        `the node's program is ${last.launch.file}, which is no gwemix, or it has neither a socket nor HTTP`,
      );
    }
    const { openMemberClient } = await import('../supervisor/member-client.ts');
    const client = openMemberClient(memberEndpoint);
    try {
      const members = await client.members();
      if (members === null) return this.fail(unsaid, exitCodes.failed);
      return await this.show(view, members, client);
    } finally {
      client.dispose();
    }
  }

  private async show(view: View, members: Members, client: MemberClient): Promise<ExitCode> {
    const reports = await import('../report/wemix-reports.ts');
    const render = await import('../render/wemix.ts');
    const { columns: room, interactive } = this.context;
    const columns = interactive ? room : Infinity;
    if (view === 'members') {
      const report = reports.membersReport(members);
      return this.print(report, render.renderMembers(report, columns));
    }
    if (view === 'etcd') {
      const report = reports.etcdReport(members);
      const isFine =
        report.state === 'running' || (report.self === null && report.state === 'stopped');
      this.print(report, render.renderEtcd(report, columns));
      return isFine ? exitCodes.ok : exitCodes.degraded;
    }
    const ballots = await client.ballots(members);
    if (ballots === null)
      return this.fail('the governance contracts do not answer', exitCodes.failed);
    const report = reports.ballotsReport(ballots);
    return this.print(report, render.renderBallots(report, columns));
  }

  private print(report: unknown, text: string): ExitCode {
    if (this.json) this.sayJson(report);
    else this.context.stdout.write(text);
    return exitCodes.ok;
  }
}

const views = ['members', 'etcd', 'ballots'] as const;
type View = (typeof views)[number];
const isView = (word: string): word is View => (views as readonly string[]).includes(word);

const unsaid =
  'the node does not say who its members are: it does not answer, its governance is not there yet, or it does not offer admin on this endpoint';
