import { resolve } from 'node:path';
import { pointCurrent, readCosmovisorFolder, stageProgram } from '@wemixvisor/upgrade';
import { Command, Option } from 'clipanion';
import { AppError, messageOf } from '../../app-error.ts';
import { exitCodes } from '../../exit-codes.ts';
import { programVersion } from '../../report/program-version.ts';
import type { ImportedProgram, UpgradeImportReport } from '../../report/upgrade-report.ts';
import { renderImport } from '../../render/upgrade.ts';
import { requireOwnHome } from '../../settings/require-own-home.ts';
import { detectNode } from '../../state/detect-node.ts';
import { AppCommand } from '../app-command.ts';

/** `wemixvisor upgrade import DIR`: takes over the programs of a cosmovisor folder. */
export class UpgradeImportCommand extends AppCommand {
  static override readonly paths = [['upgrade', 'import']];
  static override readonly usage = Command.Usage({
    description: 'take over the programs of a cosmovisor folder',
    details: `
      Reads DIR/cosmovisor/{current,genesis,upgrades/NAME}/bin, copies each program into the home and lets \`current\` lead to the
      one that is current there. DIR is not changed, and nothing is started: \`start --binary current\` does that. What is
      still to come is named with the command that plans it.
      Exit code: 0, or 1 where a program cannot be taken.
    `,
    examples: [['Leave cosmovisor', '$0 upgrade import /srv/wemix && $0 start --binary current']],
  });

  readonly folder = Option.String({ name: 'DIR' });
  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const { cwd, uid } = this.context;
    requireOwnHome(this.homePaths.home, uid);
    const programs = await this.take(resolve(cwd, this.folder)).catch((error: unknown) => {
      throw new AppError(messageOf(error), { cause: error });
    });
    const report: UpgradeImportReport = { schema: 1, programs };
    if (this.json) this.sayJson(report);
    else this.say(renderImport(programs));
    return exitCodes.ok;
  }

  private async take(folder: string): Promise<readonly ImportedProgram[]> {
    const { binaries, versions } = this.homePaths;
    const taken: ImportedProgram[] = [];
    for (const { name, program: file, isCurrent, height } of readCosmovisorFolder(folder)) {
      const node = await detectNode(file, versions);
      const { version } = node;
      const { program } = stageProgram({ file, folder: binaries, version, keep: Infinity });
      if (isCurrent) pointCurrent(binaries, program);
      taken.push({ name, version: programVersion(node), program, current: isCurrent, height });
    }
    return taken;
  }
}
