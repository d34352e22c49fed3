import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { describeReading, growth, readSupervisor, type Reading } from './reading.ts';

const calm: Reading = { descriptors: 20, threads: 11, memory: 60_000, files: 30, bytes: 9_000 };

/** Fifty readings, the last of which are changed. */
function fiftyWith(changes: Partial<Reading>, last = 10): readonly Reading[] {
  return Array.from({ length: 50 }, (_, at) => (at < 50 - last ? calm : { ...calm, ...changes }));
}

describe('the growth in a soak', () => {
  it('is none where nothing grows, whatever the warm-up took', () => {
    expect(growth(fiftyWith({}))).toEqual([]);
    expect(
      growth([...fiftyWith({ memory: 1 }, 50).slice(0, 10), ...fiftyWith({}).slice(10)]),
    ).toEqual([]);
  });

  it('is told for each figure that is above what it may reach', () => {
    const most: Reading = {
      descriptors: 23,
      threads: 12,
      memory: 66_000,
      files: 34,
      bytes: 20_140,
    };
    expect(growth(fiftyWith(most))).toEqual([]);
    expect(
      growth(fiftyWith({ descriptors: 24, threads: 13, memory: 66_001, files: 35, bytes: 20_141 })),
    ).toEqual([
      'descriptors grew from 20 to 24',
      'threads grew from 11 to 13',
      'memory grew from 60000 to 66001',
      'files grew from 30 to 35',
      'bytes grew from 9000 to 20141',
    ]);
  });

  it('is not seen in a peak of a moment', () => {
    expect(growth(fiftyWith({ memory: 600_000 }, 4))).toEqual([]);
  });
});

describe.runIf(process.platform === 'linux')('a reading', () => {
  it('has what a process takes and what its home holds', async () => {
    await using home = await temporaryDirectory();
    mkdirSync(join(home.path, 'logs/deep'), { recursive: true });
    writeFileSync(join(home.path, 'logs/deep/a'), 'x'.repeat(3_000));
    const reading = readSupervisor(process.pid, home.path);
    expect(reading).toMatchObject({ files: 1, bytes: 3 });
    expect(reading.descriptors).toBeGreaterThan(3);
    expect(reading.threads).toBeGreaterThan(3);
    expect(reading.memory).toBeGreaterThan(10_000);
    expect(describeReading(reading)).toMatch(
      /^descriptors \d+, threads \d+, memory \d+, files 1, bytes 3$/,
    );
  });
});
