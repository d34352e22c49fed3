import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { exportWords, showExportProgress } from './export-progress.ts';

const mebibyte = 1024 ** 2;

describe('the progress of an export', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function shownOn(terminal: object, progress = { bytes: 0, of: 100 * mebibyte }) {
    let text = '';
    const write = (chunk: Buffer, _encoding: string, done: () => void) => {
      text += chunk.toString();
      done();
    };
    const stderr = Object.assign(new Writable({ write }), terminal);
    const end = showExportProgress({ stderr, interactive: false, columns: 80 }, progress);
    vi.advanceTimersByTime(200);
    const early = text;
    progress.bytes = 25 * mebibyte;
    vi.advanceTimersByTime(300);
    end();
    vi.advanceTimersByTime(5_000);
    return { early, text };
  }

  it('is shown on a terminal alone, after a moment, and removed', () => {
    const { early, text } = shownOn({ isTTY: true });
    expect(early).toBe('');
    expect(text).toMatch(/^25% of 100 MiB, \S+ MiB\/s, \S+ left\n/);
    expect(text.endsWith('\u001b[0J')).toBe(true);
    expect(shownOn({}).text).toBe('');
  });

  it('says how far it has come, how fast, and how long it takes', () => {
    expect(exportWords({ bytes: 250 * mebibyte, of: 1024 * mebibyte }, 1_000)).toBe(
      '24% of 1 GiB, 250 MiB/s, 3s left',
    );
    expect(exportWords({ bytes: 0, of: mebibyte }, 250)).toBe('0% of 1 MiB, 0 B/s');
    expect(exportWords({ bytes: 0, of: 0 }, 250)).toBe('searching');
  });
});
