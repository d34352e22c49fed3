import { describe, expect, it } from 'vitest';
import { unknownVariables } from './unknown-variables.ts';

describe('unknownVariables', () => {
  it('names each with the nearest setting', () => {
    expect(
      unknownVariables({
        WEMIXVISOR_MIN_PEER: '2',
        WEMIXVISOR_STOP_TIME: '5m',
        WEMIXVISOR_BANANA: '1',
        MIN_PEER: '3',
      }),
    ).toEqual([
      'WEMIXVISOR_MIN_PEER is not a setting: did you mean WEMIXVISOR_MIN_PEERS?',
      'WEMIXVISOR_STOP_TIME is not a setting: did you mean WEMIXVISOR_STOP_TIMEOUT or WEMIXVISOR_STOP_TIMEOUT_MAX?',
      'WEMIXVISOR_BANANA is not a setting and has no effect',
    ]);
  });

  it('knows every setting, the home, the configuration and what an alert program is given', () => {
    expect(
      unknownVariables({
        WEMIXVISOR_HOME: '/h',
        WEMIXVISOR_CONFIG: '/c',
        WEMIXVISOR_DEBUG: '1',
        WEMIXVISOR_LOG_LEVEL: 'info',
        WEMIXVISOR_ALERT_EVENT: 'crash',
        DAEMON_ALLOW_DOWNLOAD_BINARIES: 'true',
      }),
    ).toEqual([]);
  });
});
