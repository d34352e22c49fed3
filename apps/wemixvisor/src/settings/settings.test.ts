import { describe, expect, it } from 'vitest';
import { declared, settingNames, settings } from './settings.ts';

describe('the declared settings', () => {
  it('know their own variables, the home, the configuration and what an alert program is given', () => {
    const own = settingNames.flatMap((name) => settings[name].environment);
    expect(declared.unknownVariables(Object.fromEntries(own.map((name) => [name, '1'])))).toEqual(
      [],
    );
    expect(
      declared.unknownVariables({
        WEMIXVISOR_HOME: '/h',
        WEMIXVISOR_CONFIG: '/c',
        WEMIXVISOR_DEBUG: '1',
        WEMIXVISOR_ALERT_EVENT: 'crash',
        DAEMON_ALLOW_DOWNLOAD_BINARIES: 'true',
        MIN_PEER: '3',
      }),
    ).toEqual([]);
  });

  it('name the nearest one of a variable that is none', () => {
    expect(declared.unknownVariables({ WEMIXVISOR_MIN_PEER: '2' })).toEqual([
      'WEMIXVISOR_MIN_PEER is not a setting: did you mean WEMIXVISOR_MIN_PEERS?',
    ]);
  });

  it.each(settingNames)('take back the default of %s as it is sent and as it is shown', (name) => {
    const { defaultValue, type } = settings[name];
    expect(declared.read(name, defaultValue)).toEqual(defaultValue);
    const isUnset = defaultValue === null || Array.isArray(defaultValue);
    if (!isUnset) expect(type.parse(declared.format(name, defaultValue))).toEqual(defaultValue);
  });
});
