import { Command, Option } from 'clipanion';
import { usageError } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { crashSummary, diagnosisOf, renderCrash, renderCrashes } from '../render/crashes.ts';
import { findCrashReport, readCrashReports } from '../state/crash-reports.ts';
import { AppCommand } from './app-command.ts';

/** `wemixvisor crashes [list|show ID|bundle FILE]`: the reports of abnormal ends. */
export class CrashesCommand extends AppCommand {
  static override readonly paths = [['crashes']];
  static override readonly usage = Command.Usage({
    description: 'list and show crash reports; pack what a bug report needs',
    details: `
      A report is written each time the node ends without being asked to, had to be killed, or is restarted for its health.
      The last 50 are kept.

      \`crashes show\` shows the last one, \`crashes show ID\` another; the beginning of an ID is enough.

      \`crashes bundle [FILE]\` packs the last reports, the status, the configuration and the ends of both logs into a .tar.gz
      in the current folder, without the secrets that wemixvisor knows: look through it before you give it away.
    `,
    examples: [
      ['What happened of late?', '$0 crashes'],
      ['The last one in full', '$0 crashes show'],
      ['For an issue report', '$0 crashes bundle'],
    ],
  });

  readonly action = Option.String({ required: false, name: 'list|show|bundle' });
  readonly subject = Option.String({ required: false, name: 'ID|FILE' });
  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const { action = 'list', subject } = this;
    if (action === 'list' && subject === undefined) return this.list();
    if (action === 'show') return this.show(subject ?? 'last');
    if (action === 'bundle') return this.bundle(subject);
    const words = [action, subject].filter((word) => word !== undefined).join(' ');
    throw usageError(
      `there is no command "crashes ${words}": use wemixvisor crashes, crashes show [ID] or crashes bundle [FILE]`,
    );
  }

  private list(): number {
    const kept = readCrashReports(this.homePaths);
    if (this.json) {
      const crashes = kept.map(({ id, report }) => ({
        id,
        at: report.at,
        kind: report.cause,
        cause: diagnosisOf(report)?.cause ?? null,
        summary: crashSummary(report),
      }));
      this.sayJson({ schema: 1, crashes });
    } else if (kept.length === 0) this.say(`no crash report in ${this.homePaths.crashes}`);
    else this.context.stdout.write(renderCrashes(kept, Date.now()));
    return exitCodes.ok;
  }

  private show(wanted: string): number {
    const found = findCrashReport(this.homePaths, wanted);
    if (this.json) this.sayJson({ id: found.id, ...found.report });
    else this.context.stdout.write(renderCrash(found, Date.now()));
    return exitCodes.ok;
  }

  private async bundle(file: string | undefined): Promise<number> {
    const { writeBundle } = await import('./crashes/write-bundle.ts');
    const { files, ...written } = await writeBundle(this.context, this.homePaths, file);
    if (this.json) this.sayJson({ schema: 1, ...written, files });
    else
      this.say(
        `wrote ${written.file} (${files.join(', ')}); look through it before you give it away`,
      );
    return exitCodes.ok;
  }
}
