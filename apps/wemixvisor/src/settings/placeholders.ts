import { valueTypes } from '@wemixvisor/config-file';
import { settingNames, settings } from './settings.ts';

const others: Readonly<Record<string, string>> = {
  '--home': 'DIR',
  '--user': 'NAME',
  '--name': 'NAME',
  '--config': 'FILE',
  '--timeout': 'DURATION',
  '-n,--lines,--tail': 'N',
  '--since': 'TIME',
  '--until': 'TIME',
  '--run': 'N',
  '--source': 'node|supervisor|all',
  '--grep': 'PATTERN',
  '--level': 'LEVEL',
  '--where': 'CONDITION',
  '--message': 'PATTERN',
  '-A,--after-context': 'N',
  '-B,--before-context': 'N',
  '-C,--context': 'N',
  '--around': 'TIME',
  '--incident': 'ID|last',
  '--by': 'level|message|KEY',
  '--format': 'ndjson|csv|logfmt',
  '-o,--output': 'FILE',
  '--sha256': 'HASH',
  '--at': 'TIME',
  '--before': 'TIME',
  '--at-height': 'N',
  '--watch': 'DURATION',
  '--backup': 'DIR',
  '--hook': 'PROGRAM',
};

/** The placeholder for the value of an option in the help, as in `--stop-timeout DURATION`. */
export function placeholderOf(option: string): string {
  return settingOf(option)?.type.placeholder ?? others[option] ?? 'VALUE';
}

const levels = ['crit', 'error', 'warn', 'info', 'debug', 'trace'];

/** What a placeholder stands for, for completion: words to choose from, files, folders, or anything. */
export function valuesOf(
  placeholder: string,
): readonly string[] | 'files' | 'folders' | 'anything' {
  if (/^(?:FILE|PROGRAM)$/.test(placeholder)) return 'files';
  if (placeholder === 'DIR') return 'folders';
  if (placeholder === 'LEVEL') return levels;
  return /^[a-z|-]+$/.test(placeholder) ? placeholder.split('|') : 'anything';
}

/** True for an option that is a setting. */
export function isSetting(option: string): boolean {
  return settingOf(option) !== undefined;
}

/** True for an on/off setting: `--strict`, `--strict=false` and `--no-strict` are all accepted. */
export function isSwitch(option: string): boolean {
  return settingOf(option)?.type === valueTypes.flag;
}

/** The options of one command that are so many that they need headings. */
const ownHeadings: Readonly<Record<string, readonly string[]>> = {
  Filters: [
    ...['-n,--lines,--tail', '--since', '--until', '--run', '--level', '--grep', '--message'],
    ...['--where', '-i,--ignore-case', '-v,--invert-match', '--source', '--mute'],
  ],
  Context: [
    ...['-A,--after-context', '-B,--before-context', '-C,--context', '--around', '--incident'],
  ],
  Summaries: ['--errors', '--new', '--stats', '--by', '--map', '--fold'],
  Export: ['--format', '-o,--output'],
};

const headings: Readonly<Record<string, string>> = {
  restart: 'Restarts',
  stop: 'Stop',
  health: 'Health',
  log: 'Log',
};

/** The headings of options in the help, in their order: a command's own ones come first. */
export const optionHeadings = [
  'Options',
  ...Object.keys(ownHeadings),
  ...Object.values(headings),
  'Common',
];

/** The heading under which the help has an option. */
export function headingOf(option: string): string {
  if (['--home', '--config', '-h,--help'].includes(option)) return 'Common';
  const [table = ''] = settingOf(option)?.key.split('.') ?? [];
  const own = Object.keys(ownHeadings).find((name) => ownHeadings[name]?.includes(option));
  return own ?? headings[table] ?? 'Options';
}

function settingOf(option: string) {
  return settingNames.map((name) => settings[name]).find((known) => known.option === option);
}
