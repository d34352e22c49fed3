import { manual, type Page, type Program } from '../../tools/generators/manual.ts';
import { commandNames } from './src/commands/command-names.ts';
import { exitCodeMeanings, exitCodes } from './src/exit-codes.ts';
import { definitionsOf } from './src/help/command-definitions.ts';
import { nodeArguments, purpose } from './src/help/help.ts';
import { declared, settingNames, settings, type SettingName } from './src/settings/settings.ts';
import { homePaths } from './src/state/home-paths.ts';
import { version } from './src/version.ts';

/** The manual of the program, from the definitions that its help is made from. The build writes it; the program has no part in it. */
export async function pages(): Promise<readonly Page[]> {
  const definitions = await definitionsOf(commandNames);
  return manual({
    version,
    purpose,
    nodeArguments,
    commands: definitions.map((definition) => ({
      ...definition,
      options: definition.options.map(({ usage, description }) => ({
        name: usage,
        what: description,
      })),
    })),
    exitCodes: Object.entries(exitCodeMeanings).map(([name, what]) => ({
      name: String(exitCodes[name as keyof typeof exitCodes]),
      what,
    })),
    variables,
    files,
    settings: settingNames.map(settingOf),
  });
}

function settingOf(name: SettingName): Program['settings'][number] {
  const { type, defaultValue, ...rest } = settings[name];
  const shown = defaultValue === null ? '' : declared.format(name, defaultValue);
  const standard = shown.replaceAll(',', ', ');
  return { ...rest, expected: type.expected, standard };
}

const variables: Program['variables'] = [
  {
    name: 'WEMIXVISOR_HOME',
    what: 'The home folder, where `--home` is not given; else DAEMON_HOME, else ~/.wemixvisor. One home holds one node.',
  },
  {
    name: 'WEMIXVISOR_CONFIG',
    what: 'The configuration file, where `--config` is not given; else config.toml in the home.',
  },
  {
    name: 'WEMIXVISOR_*',
    what: 'Every setting has a variable of its own, as WEMIXVISOR_STOP_TIMEOUT for `--stop-timeout`: see `wemixvisor-config`(1).',
  },
  {
    name: 'WEMIXVISOR_DEBUG',
    what: 'With the value 1, wemixvisor writes to standard error what it does.',
  },
  {
    name: 'PATH',
    what: 'Where geth and gwemix are looked for, in this order, without `--binary`.',
  },
];

const home = homePaths('~/.wemixvisor', { temporaryDirectory: '', uid: -1 });

const files: Program['files'] = [
  {
    name: home.config,
    what: 'Settings. `wemixvisor config init` writes one in which each is explained.',
  },
  {
    name: home.nodeLog,
    what: "The node's log; `wemixvisor logs` shows it, with the rotated files beside it.",
  },
  { name: home.journal, what: "The supervisor's events, a JSON object a line." },
  {
    name: home.state,
    what: 'The state that is wanted and the one that is; nothing in it is secret.',
  },
  { name: home.launch, what: 'What the node was started with, whole, so it may hold secrets.' },
  {
    name: home.socket,
    what: 'The socket over which commands ask the supervisor; for the owner alone.',
  },
  { name: home.crashes, what: 'A report of each abnormal end; `wemixvisor crashes` shows them.' },
];
