import type { Alert } from '../src/alert.ts';

/** A crash that was just raised, with overrides. */
export function alertOf(overrides: Partial<Alert> = {}): Alert {
  return {
    schema: 1,
    id: '5f9a1c1e-0c5c-4a52-9a70-8c8f3a2f3b11',
    status: 'raised',
    key: 'crash',
    event: 'crash',
    severity: 'critical',
    summary: 'the node crashed: exit code 1; it is started again (restart 1)',
    at: '2026-11-23T12:00:00.000Z',
    since: '2026-11-23T12:00:00.000Z',
    node: {
      host: 'validator-1',
      home: '/home/op/.wemixvisor',
      network: 'wemix-mainnet',
      binary: '/usr/local/bin/gwemix',
      state: 'crashed',
      pid: null,
    },
    ...overrides,
  };
}
