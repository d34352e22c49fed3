import { Cli } from 'clipanion';
import { explainMissingSeparator, splitArgv } from '@wemixvisor/passthrough';
import { DetachCommand } from './commands/detach.ts';
import { DoctorCommand } from './commands/doctor.ts';
import { HealthCommand } from './commands/health.ts';
import { HelpCommand } from './commands/help.ts';
import { LogsCommand } from './commands/logs.ts';
import { RestartCommand } from './commands/restart.ts';
import { RunCommand } from './commands/run.ts';
import { StartCommand } from './commands/start.ts';
import { StatusCommand } from './commands/status.ts';
import { StopCommand } from './commands/stop.ts';
import { SuperviseCommand } from './commands/supervise.ts';
import { VersionCommand } from './commands/version.ts';
import type { AppContext } from './context.ts';
import { exitCodes } from './exit-codes.ts';
import { renderCommandHelp } from './render/help.ts';
import { version } from './version.ts';

/** The commands, in the order of the help. */
const commands = [
  StartCommand,
  RunCommand,
  StopCommand,
  RestartCommand,
  StatusCommand,
  HealthCommand,
  LogsCommand,
  DetachCommand,
  DoctorCommand,
  VersionCommand,
  SuperviseCommand,
  HelpCommand,
];

/** The program's command line, knowing every command. */
export function createCli(): Cli<AppContext> {
  const cli = new Cli<AppContext>({
    binaryLabel: 'wemixvisor, the supervisor for geth-family nodes',
    binaryName: 'wemixvisor',
    binaryVersion: version,
  });
  for (const command of commands) cli.register(command);
  return cli;
}

/**
 * Runs a command line and returns its exit code. What stands after the first `--`, or after `run`, is the node's and
 * never seen by the command line's own parser.
 */
export async function runCli(argv: readonly string[], context: AppContext): Promise<number> {
  const { own, node, separated } =
    argv[0] === 'run' ? { own: ['run'], node: argv.slice(1), separated: true } : splitArgv(argv);
  const cli = createCli();
  const help = helpOn(own, cli, context.columns);
  if (help !== undefined) {
    context.stdout.write(help);
    return exitCodes.ok;
  }
  let command;
  try {
    command = cli.process([...own], { ...context, nodeArguments: node, separated });
  } catch (error) {
    const why = await whyNotUnderstood(cli, own, node, error);
    context.stderr.write(`wemixvisor: ${why}\n`);
    return exitCodes.usage;
  }
  return cli.run(command, { ...context, nodeArguments: node, separated });
}

/** The help of a command, where it is asked for: `start -h`, `start --help` or `help start`. */
function helpOn(own: readonly string[], cli: Cli<AppContext>, columns: number): string | undefined {
  const [first, second] = own;
  const asked = own.includes('-h') || own.includes('--help') ? first : undefined;
  const topic = first === 'help' ? second : asked;
  const definition = cli.definitions().find(({ path }) => path === pathOf([topic ?? '']));
  return definition === undefined ? undefined : renderCommandHelp(definition, columns);
}

const pathOf = (own: readonly string[]) => `wemixvisor ${own[0] ?? ''}`;

/** One line for a command line that the parser refused. */
async function whyNotUnderstood(
  cli: Cli<AppContext>,
  own: readonly string[],
  node: readonly string[],
  error: unknown,
): Promise<string> {
  const definition = cli.definitions().find(({ path }) => path === pathOf(own));
  if (definition === undefined) {
    const { nearestOf } = await import('./nearest.ts');
    const names = cli.definitions().map(({ path }) => path.split(' ')[1] ?? '');
    const word = own.find((candidate) => !candidate.startsWith('-')) ?? own[0] ?? '';
    return `there is no command "${word}"${nearestOf(word, names)}; see wemixvisor --help`;
  }
  // clipanion writes an option as in "-f,--follow" or "--home #0".
  const options = definition.options.flatMap((option) => {
    const [names = ''] = option.definition.split(' ');
    return names.split(',');
  });
  const explained = await explainMissingSeparator(own, ['-h', '--help', ...options], { node });
  if (explained !== undefined) return explained.message;
  const [what] = (error instanceof Error ? error.message : String(error)).split('\n');
  return `${lowerFirst(what ?? '')}; see wemixvisor ${own[0] ?? ''} --help`;
}

function lowerFirst(sentence: string): string {
  return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/[.:]$/, '')}`;
}
