import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readOperatorScript } from '@wemixvisor/gwemix';
import { quoteCommand, redactSecrets } from '@wemixvisor/passthrough';
import { Command, Option } from 'clipanion';
import { AppError, messageOf, systemCodeOf, usageError } from '../app-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { requireOwnHome } from '../settings/require-own-home.ts';
import { detectNode } from '../state/detect-node.ts';
import { writeNewFile } from '../state/write-new-file.ts';
import { AppCommand } from './app-command.ts';

type Script = ReturnType<typeof readOperatorScript>;

/** `wemixvisor import gwemix DIR`: takes over a node that `gwemix.sh` ran. */
export class ImportCommand extends AppCommand {
  static override readonly paths = [['import']];
  static override readonly usage = Command.Usage({
    description: 'take over a node that gwemix.sh ran',
    details: `
      Reads the \`.rc\` file of a gwemix folder, shows what \`gwemix.sh start\` runs with it, and beside it what wemixvisor would
      run. Writes config.toml into the home with the program, the folder and the sizes of the log; an existing one is left as it
      is. Nothing else is written, nothing of the folder is changed or executed, and no node is started or stopped.
      What \`doctor\` finds wrong is shown below: while the node of the script runs, its data are taken.
      Exit code: 0, or 1 where config.toml exists already or cannot be written.
    `,
    examples: [['What would be run?', '$0 import gwemix /opt/gwemix']],
  });

  readonly kind = Option.String({ required: false, name: 'gwemix' });
  readonly folder = Option.String({ required: false, name: 'DIR' });
  readonly json = Option.Boolean('--json', false, { description: 'Print JSON and nothing else' });

  override async execute(): Promise<number> {
    const { kind, folder } = this;
    if (kind !== 'gwemix' || folder === undefined) {
      const what =
        kind === undefined || kind === 'gwemix' ? 'name the folder' : `"${kind}" is not known`;
      throw usageError(`${what}: wemixvisor import gwemix DIR`);
    }
    const { cwd, uid, platform } = this.context;
    const at = resolve(cwd, folder);
    const binary = join(at, 'bin', 'gwemix');
    requireProgram(binary, at);
    const script = readOperatorScript(readRc(join(at, '.rc')), at);
    requireOwnHome(this.homePaths.home, uid);
    const node = await detectNode(binary, this.homePaths.versions);
    const { examineLaunch, inOneLine } = await import('../supervisor/examine-launch.ts');
    const env = { HOME: this.context.homeDirectory };
    const launch = { args: script.args, env, cwd: at, node, platform, ownPid: null };
    const { findings, problems } = await examineLaunch(launch);
    const config = configOf(binary, at, script);
    const { home, config: file } = this.homePaths;
    const written = writeNewFile(file, config, { withFolder: true });
    const found = [...findings, ...problems].map(inOneLine);
    const report = {
      schema: 1,
      folder: at,
      script: scriptLine(binary, script),
      program: binary,
      args: redactSecrets(script.args),
      config: file,
      written,
      notes: script.notes,
      problems: found,
    };
    if (this.json) this.sayJson(report);
    else this.context.stdout.write(rendered({ ...report, content: config, home }));
    if (written) return exitCodes.ok;
    this.warn(`wemixvisor: ${exists(file)}`);
    return exitCodes.failed;
  }
}

const exists = (file: string) => `${file} exists and is left as it is: add what it needs by hand`;

function requireProgram(binary: string, folder: string): void {
  if (statSync(binary, { throwIfNoEntry: false })?.isFile() === true) return;
  throw new AppError(
    `${folder} is no folder of gwemix.sh: there is no ${binary}; name the folder that has bin/gwemix`,
  );
}

/** A folder without the file has the defaults of the script. */
function readRc(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return '';
    throw new AppError(`cannot read ${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** The line of the script, as it runs it in its folder. */
const scriptLine = (binary: string, { args, logrot }: Script) =>
  `${quoteCommand([binary, ...redactSecrets(args)])} 2>&1 | ${quoteCommand(logrot)}`;

/** The settings that say the same. */
function configOf(binary: string, folder: string, { log: { maxSize, maxFiles } }: Script): string {
  const log = [
    ...(maxSize === null ? [] : [`max_size = "${maxSize}"`]),
    ...(maxFiles === null ? [] : [`max_files = ${maxFiles}`]),
  ];
  return [
    '# Taken over from gwemix.sh. All settings: wemixvisor config init --config FILE',
    '[node]',
    `binary = ${JSON.stringify(binary)}`,
    `workdir = ${JSON.stringify(folder)}`,
    ...(log.length === 0 ? [] : ['', '[log]', ...log]),
    '',
  ].join('\n');
}

function rendered(report: {
  readonly folder: string;
  readonly script: string;
  readonly args: readonly string[];
  readonly config: string;
  readonly content: string;
  readonly home: string;
  readonly written: boolean;
  readonly notes: readonly string[];
  readonly problems: readonly string[];
}): string {
  return [
    `gwemix.sh start runs in ${report.folder}:`,
    `  ${report.script}`,
    '',
    'wemixvisor runs the same with:',
    `  ${quoteCommand(['wemixvisor', 'start', '--home', report.home, '--', ...report.args])}`,
    '',
    `${report.written ? 'Wrote' : 'Left as it is:'} ${report.config}; what it needs:`,
    ...report.content
      .trimEnd()
      .split('\n')
      .map((line) => `  ${line}`.trimEnd()),
    '',
    ...report.notes.map((note) => `note: ${note}`),
    ...report.problems.map((problem) => `problem: ${problem}`),
    '',
  ].join('\n');
}
