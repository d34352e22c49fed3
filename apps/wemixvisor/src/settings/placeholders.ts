import { valueTypes } from '@wemixvisor/config-file';
import { settingNames, settings } from './settings.ts';

const others: Readonly<Record<string, string>> = {
  '--home': 'DIR',
  '--user': 'NAME',
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

/** True for an on/off setting: `--strict`, `--strict=false` and `--no-strict` are all accepted. */
export function isSwitch(option: string): boolean {
  return settingOf(option)?.type === valueTypes.flag;
}

function settingOf(option: string) {
  return settingNames.map((name) => settings[name]).find((known) => known.option === option);
}
