import { fakeClock } from '@wemixvisor/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertOf } from '../../test/alert-of.ts';
import { fakePorts } from '../../test/fake-ports.ts';
import { storedPendingAlerts, type PendingAlert } from './pending-alerts.ts';

const pending: PendingAlert = { channel: 'webhook', alert: alertOf() };

const reading = (...items: readonly unknown[]) => {
  const ports = fakePorts(fakeClock());
  ports.files.set('/f', JSON.stringify({ waiting: items }));
  return storedPendingAlerts('/f', ports).load();
};

describe('the stored pending alerts', () => {
  it('are written as 0.4.0 wrote them, and read again', () => {
    const ports = fakePorts(fakeClock());
    const stored = storedPendingAlerts('/f', ports);
    stored.save([pending]);
    expect(ports.files.get('/f')).toBe(`{"schema":1,"waiting":[${JSON.stringify(pending)}]}\n`);
    expect(stored.load()).toEqual([pending]);
  });

  it.each([
    null,
    'text',
    { channel: 'mail', alert: alertOf() },
    { channel: 'exec' },
    { channel: 'exec', alert: null },
    { channel: 'exec', alert: { ...alertOf(), id: 7 } },
    { channel: 'exec', alert: { ...alertOf(), since: null } },
    { channel: 'exec', alert: { ...alertOf(), at: 'soon' } },
    { channel: 'exec', alert: { ...alertOf(), node: null } },
    { channel: 'exec', alert: { ...alertOf(), node: { host: 'h', home: '/h' } } },
  ])('leave out what could not be sent, and keep the others: %j', (item) => {
    expect(reading(item, pending, { ...pending, channel: 'exec' })).toEqual([
      pending,
      { ...pending, channel: 'exec' },
    ]);
  });

  it('can be sent whatever the file holds', () => {
    const wrong = fc.constantFrom(...(Object.keys(alertOf()) as (keyof PendingAlert['alert'])[]));
    fc.assert(
      fc.property(wrong, fc.oneof(fc.double(), fc.anything()), (name, value) => {
        for (const { alert } of reading({ ...pending, alert: { ...alertOf(), [name]: value } })) {
          expect(typeof alert.id).toBe('string');
          expect(typeof alert.node.host).toBe('string');
          expect(Date.parse(alert.at)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 50 },
    );
  });
});
