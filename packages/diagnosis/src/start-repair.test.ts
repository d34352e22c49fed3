import { describe, expect, it } from 'vitest';
import { startRepair } from './start-repair.ts';

/** Recorded from geth 1.16.9 after SIGKILL, with the path scheme. */
const killed = [
  'INFO [11-28|10:18:03.943] Loaded most recent local block           number=1,011 hash=195087..a9a14d age=3s',
  'INFO [11-28|10:18:03.943] Loaded most recent local finalized block number=0  hash=fa742c..504fec age=57y8mo3w',
  'WARN [11-28|10:18:03.943] Head state missing, repairing            number=1,011 hash=195087..a9a14d',
  'INFO [11-28|10:18:03.944] Loaded most recent local header          number=1,011 hash=195087..a9a14d age=3s',
  'INFO [11-28|10:18:03.944] Loaded most recent local block           number=1,000 hash=fa742c..504fec age=57y8mo3w',
  'INFO [11-28|10:18:03.944] Loaded most recent local snap block      number=1,011 hash=195087..a9a14d age=3s',
  'WARN [11-28|10:18:04.024] Unclean shutdown detected                booted=2026-11-28T10:17:50+0000 age=14s',
];
const booted = Date.UTC(2026, 10, 28, 10, 17, 50);

describe('the repair of a start', () => {
  it('names the unclean ends and how many blocks were lost', () => {
    expect(startRepair(killed)).toEqual({ uncleanSince: [booted], rewoundBlocks: 11 });
  });

  it('lost no block where the head was kept', () => {
    const kept = [killed[0] ?? '', killed.at(-1) ?? ''];
    expect(startRepair(kept)).toEqual({ uncleanSince: [booted], rewoundBlocks: 0 });
  });

  it('names each of several, oldest first, in any format', () => {
    const logfmt =
      't=2026-03-04T09:15:03+0000 lvl=warn msg="Unclean shutdown detected" booted=2026-03-03T21:40:11+0100 age=11h34m51s';
    const json =
      '{"t":"2026-03-04T09:15:03Z","lvl":"warn","msg":"Unclean shutdown detected","booted":"2026-03-03T21:40:11Z","age":"11h"}';
    const old =
      '{"lvl":"info","msg":"Loaded most recent local full block","number":"9","t":"2026-03-04T09:15:03Z"}';
    expect(startRepair([old, logfmt, json])).toEqual({
      uncleanSince: [Date.UTC(2026, 2, 3, 20, 40, 11), Date.UTC(2026, 2, 3, 21, 40, 11)],
      rewoundBlocks: 0,
    });
  });

  it('is none after a clean end, or where a line only looks like it', () => {
    expect(startRepair(killed.slice(0, -1))).toBeNull();
    expect(startRepair([])).toBeNull();
    expect(startRepair(['Unclean shutdown detected booted=2026-11-28T10:17:50+0000'])).toBeNull();
    expect(startRepair(['WARN [1-1|1:1:1] Unclean shutdown detected booted=never'])).toBeNull();
  });
});
