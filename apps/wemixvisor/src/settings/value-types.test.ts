import { describe, expect, it } from 'vitest';
import {
  count,
  duration,
  fileCount,
  flag,
  onOffOrDryRun,
  period,
  positive,
  rotationSize,
  size,
  variables,
} from './value-types.ts';
import { address, headers, rpcEndpoint } from './network-value-types.ts';

describe('the types of values', () => {
  it.each([
    ['period', period, '10ms', 10],
    ['period', period, '24d', 2_073_600_000],
    ['duration', duration, '1h30m', 5_400_000],
    ['duration', duration, 0, 0],
    ['rpcEndpoint', rpcEndpoint, 'http://127.0.0.1:8545', 'http://127.0.0.1:8545'],
    ['rpcEndpoint', rpcEndpoint, './geth.ipc', './geth.ipc'],
    ['rpcEndpoint', rpcEndpoint, 'ipc:geth.ipc', 'ipc:geth.ipc'],
    ['positive', positive, '1', 1],
    ['positive', positive, 3, 3],
    ['count', count, '0', 0],
    ['size', size, '1MiB', 1_048_576],
    ['flag', flag, 'YES', true],
    ['flag', flag, 'off', false],
    ['flag', flag, false, false],
    ['onOffOrDryRun', onOffOrDryRun, 'dry-run', 'dry-run'],
    ['onOffOrDryRun', onOffOrDryRun, 'true', 'on'],
    ['onOffOrDryRun', onOffOrDryRun, '0', 'off'],
    ['address', address, '127.0.0.1:9101', '127.0.0.1:9101'],
    ['address', address, '[::1]:9101', '[::1]:9101'],
    ['address', address, '0.0.0.0:65535', '0.0.0.0:65535'],
    ['variables', variables, ['A=1', 'B='], ['A=1', 'B=']],
    ['headers', headers, ['X-Key: a, b'], ['X-Key: a, b']],
    [
      'headers',
      headers,
      'X-Key: k\nAuthorization: Bearer t\n',
      ['X-Key: k', 'Authorization: Bearer t'],
    ],
    ['rotationSize', rotationSize, '4KiB', 4096],
    ['fileCount', fileCount, '500', 500],
    ['fileCount', fileCount, 1, 1],
  ])('%s accepts %j', (_, type, given, value) => {
    expect(type.parse(given)).toEqual(value);
  });

  it.each([
    ['period', period, '9ms'],
    ['period', period, '0'],
    ['period', period, '25d'],
    ['period', period, 'soon'],
    ['period', period, 30_000],
    ['duration', duration, 300],
    ['duration', duration, '300'],
    ['rpcEndpoint', rpcEndpoint, 'localhost:8545'],
    ['rpcEndpoint', rpcEndpoint, 'ws://localhost/x'],
    ['rpcEndpoint', rpcEndpoint, 'http://'],
    ['rpcEndpoint', rpcEndpoint, ''],
    ['positive', positive, '0'],
    ['positive', positive, 0],
    ['headers', headers, 'no colon'],
    ['headers', headers, ['X-Key: a\nInjected: b']],
    ['rotationSize', rotationSize, '4095'],
    ['rotationSize', rotationSize, 4095],
    ['fileCount', fileCount, '0'],
    ['fileCount', fileCount, 501],
    ['count', count, '1.5'],
    ['count', count, 1.5],
    ['flag', flag, 'maybe'],
    ['flag', flag, 1],
    ['onOffOrDryRun', onOffOrDryRun, 'perhaps'],
    ['onOffOrDryRun', onOffOrDryRun, null],
    ['address', address, 'localhost'],
    ['address', address, '127.0.0.1:0'],
    ['address', address, '127.0.0.1:65536'],
    ['address', address, '::1:9101'],
    ['variables', variables, ['1A=1']],
    ['variables', variables, 'A=1'],
  ])('%s refuses %j', (_, type, given) => {
    expect(type.parse(given)).toBeUndefined();
  });
});
