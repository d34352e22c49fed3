import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { healthOf } from '../../test/health-of.ts';
import { statusOf } from '../../test/status-of.ts';
import { showProgress } from './show-progress.ts';

const starting = statusOf({ state: 'starting', pid: 7 });
const repairing = statusOf(
  { state: 'starting', pid: 7 },
  { health: healthOf({ phase: 'database repair' }) },
);

/** Progress on a clock that the test sets. */
function shown(interactive: boolean, logs = '/nowhere') {
  const stderr = new PassThrough({ encoding: 'utf8' });
  const clock = { at: 0 };
  const progress = showProgress({ stderr, interactive, columns: 60 }, { logs }, () => clock.at);
  const written = () => (stderr.read() as string | null) ?? '';
  return { clock, progress, written };
}

describe('showProgress', () => {
  it('says nothing of what is over at once', () => {
    const { progress, written } = shown(false);
    progress.update(starting);
    progress.end();
    expect(written()).toBe('');
  });

  it('says in plain lines what changes, and now and then that nothing does', () => {
    const { clock, progress, written } = shown(false);
    const seeAt = (at: number, status: typeof starting) => {
      clock.at = at;
      progress.update(status);
      return written();
    };
    expect(seeAt(10_000, starting)).toBe('the node is starting, 10s\n');
    expect(seeAt(11_000, starting)).toBe('');
    expect(seeAt(12_000, repairing)).toBe('the node is starting (database repair), 12s\n');
    expect(seeAt(26_000, repairing)).toBe('');
    expect(seeAt(27_000, repairing)).toBe('the node is starting (database repair), 27s\n');
  });

  it('says what a node does that is to end, each thing once', () => {
    const { clock, progress, written } = shown(false);
    const stopping = (what: string) =>
      statusOf({ state: 'stopping', pid: 7, stopPhase: { what, since: Date.now() } });
    clock.at = 12_000;
    progress.update(stopping('closing its connections'));
    expect(written()).toBe('the node is stopping (closing its connections, 0s), 12s\n');
    clock.at = 13_000;
    progress.update(stopping('writing cached state'));
    progress.update(stopping('writing cached state'));
    expect(written()).toBe('the node is stopping (writing cached state, 0s), 13s\n');
  });

  it('redraws in place on a terminal, with the last line of the node made harmless', async () => {
    await using folder = await temporaryDirectory();
    mkdirSync(join(folder.path, 'logs'));
    writeFileSync(join(folder.path, 'logs/node.log'), 'first\nLoaded \u001b[2Jmost recent block\n');
    const { clock, progress, written } = shown(true, join(folder.path, 'logs'));
    progress.update(starting);
    expect(written()).toBe('the node is starting, 0s\n');
    const second = await waitFor(() => {
      clock.at += 1_000;
      progress.update(starting);
      const text = written();
      return text.includes('Loaded') ? text : null;
    });
    expect(second).toContain('  Loaded \\x1b[2Jmost recent block\n');
    progress.end();
    expect(written()).toBe('\u001b[2A\u001b[0J');
  });

  it('goes on without the last line where there is no log', async () => {
    const { clock, progress, written } = shown(true);
    progress.update(starting);
    await new Promise((resolve) => setImmediate(resolve));
    clock.at = 600;
    progress.update(starting);
    expect(written()).toMatch(/the node is starting, 0s\n$/);
  });
});
