import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stopPhase } from './stop-phase.ts';

const info = (text: string) => `INFO [11-28|10:17:49.370] ${text}`;

/** Recorded from geth 1.16.9 with the hash scheme. */
const hash = [
  'Chain head was updated                   number=5 hash=670851..5de5fd root=8fa156..b61e57',
  'Got interrupt, shutting down...',
  'IPC endpoint closed                      url=/tmp/i.ipc',
  'Ethereum protocol stopped',
  'Transaction pool stopped',
  'Writing cached state to disk             block=5 hash=670851..5de5fd root=8fa156..b61e57',
  'Persisted trie from memory database      nodes=16 size=2.13KiB time="136.456µs"',
  'Writing snapshot state to disk           root=3e4d95..f04409',
  'Persisted trie from memory database      nodes=0  size=0.00B   time="1.212µs"',
  'Blockchain stopped',
].map(info);

const upTo = (count: number) => stopPhase(hash.slice(0, count));

describe('the phase of a stop', () => {
  it('follows the lines of a node with the hash scheme', () => {
    expect(upTo(1)).toBeNull();
    expect(upTo(2)).toEqual({ what: 'closing its connections', isWriting: false, position: 1 });
    expect(upTo(5)).toEqual({ what: 'closing its connections', isWriting: false, position: 4 });
    expect(upTo(6)).toEqual({ what: 'writing cached state', isWriting: true, position: 5 });
    expect(upTo(7)).toMatchObject({ what: 'writing cached state', position: 6 });
    expect(upTo(8)).toMatchObject({ what: 'writing its snapshot', isWriting: true });
    expect(upTo(10)).toMatchObject({ what: 'closing its database', isWriting: true, position: 9 });
  });

  it('follows the lines of a node with the path scheme', () => {
    const begun = [info('Got interrupt, shutting down...'), info('Transaction pool stopped')];
    const persisting = [...begun, info('Persisting dirty state   head=6 root=f0d338 layers=6')];
    expect(stopPhase(persisting)).toMatchObject({ what: 'writing cached state', isWriting: true });
    const persisted = [...persisting, info('Persisted dirty state to file    size=238.40MiB')];
    expect(stopPhase(persisted)).toMatchObject({ what: 'closing its database', isWriting: true });
  });

  it.each([
    [
      'logfmt',
      't=2026-03-04T09:20:30+0000 lvl=info msg="Got interrupt, shutting down..."',
      't=2026-03-04T09:20:30+0000 lvl=info msg="Persisting dirty state" head=24583128 layers=131',
    ],
    [
      'JSON',
      '{"t":"2026-03-04T09:20:30Z","lvl":"info","msg":"Got interrupt, shutting down..."}',
      '{"t":"2026-03-04T09:20:30Z","lvl":"info","msg":"Writing cached state to disk","block":"8"}',
    ],
  ])('is read in %s', (_, asked, writes) => {
    expect(stopPhase([asked])?.what).toBe('closing its connections');
    expect(stopPhase([asked, writes])?.what).toBe('writing cached state');
  });

  it('begins with a stop for lack of disk too', () => {
    const line =
      'ERROR[11-28|10:17:49.370] Low disk space. Gracefully shutting down Geth to prevent database corruption. available=1.00GiB';
    expect(stopPhase([line])).toMatchObject({ what: 'closing its connections' });
  });

  it('is none for lines of a node that is not asked, or of none', () => {
    expect(stopPhase([])).toBeNull();
    expect(stopPhase([info('Writing cached state to disk  block=5')])).toBeNull();
    expect(stopPhase(['Got interrupt, shutting down...', 'Writing cached state'])).toBeNull();
  });

  it('grows with each line, whatever it says', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (more) => {
        const before = stopPhase(hash.slice(0, 6))?.position ?? 0;
        const after = stopPhase([...hash.slice(0, 6), ...more])?.position ?? 0;
        expect(after).toBe(before + more.length);
      }),
    );
  });
});
