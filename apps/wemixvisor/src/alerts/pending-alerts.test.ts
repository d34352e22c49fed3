import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertOf } from '../../test/alert-of.ts';
import { waitingMemory, type WaitingAlert } from './pending-alerts.ts';

const waiting: WaitingAlert = { channel: 'webhook', alert: alertOf() };

describe('the memory of alerts that wait', () => {
  it('gives back what it was given, from a file of its owner', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'alerts-waiting.json');
    waitingMemory(file).keep([waiting]);
    expect(waitingMemory(file).recall()).toEqual([waiting]);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('takes nothing from a damaged file that could not be sent', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'alerts-waiting.json');
    const recalled = (value: unknown) => {
      writeFileSync(file, JSON.stringify({ waiting: [value] }));
      return waitingMemory(file).recall();
    };
    expect(recalled({ channel: 'mail', alert: alertOf() })).toEqual([]);
    expect(recalled({ channel: 'exec' })).toEqual([]);
    expect(recalled(null)).toEqual([]);
    const wrong = fc.constantFrom(...(Object.keys(alertOf()) as (keyof WaitingAlert['alert'])[]));
    fc.assert(
      fc.property(wrong, fc.oneof(fc.double(), fc.anything()), (name, value) => {
        for (const { alert } of recalled({ ...waiting, alert: { ...alertOf(), [name]: value } })) {
          expect(typeof alert.id).toBe('string');
          expect(typeof alert.node.host).toBe('string');
          expect(Date.parse(alert.at)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 50 },
    );
  });
});
