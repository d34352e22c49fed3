import { valueTypes } from '@wemixvisor/config-file';
import { settingNames, settings } from './settings.ts';

const others: Readonly<Record<string, string>> = {
  '--home': 'DIR',
  '--user': 'NAME',
  '--config': 'FILE',
  '--timeout': 'DURATION',
  '-n,--lines': 'N',
  '--since': 'TIME',
  '--until': 'TIME',
  '--run': 'N',
  '--source': 'node|supervisor|all',
  '--grep': 'PATTERN',
  '--level': 'LEVEL',
};

/** The placeholder for the value of an option in the help, as in `--stop-timeout DURATION`. */
export function placeholderOf(option: string): string {
  return settingOf(option)?.type.placeholder ?? others[option] ?? 'VALUE';
}

/** True for an on/off setting: `--strict`, `--strict=false` and `--no-strict` are all accepted. */
export function isSwitch(option: string): boolean {
  return settingOf(option)?.type === valueTypes.flag;
}

function settingOf(option: string) {
  return settingNames.map((name) => settings[name]).find((known) => known.option === option);
}
