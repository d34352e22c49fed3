import { describe, expect, it } from 'vitest';
import { fitScreen, type ScreenRow } from './fit-screen.ts';

const rows: readonly ScreenRow[] = [
  { label: 'State', lines: ['crashed'], style: 'red' },
  { label: 'Remedy', lines: ['make room on the disk, or name a larger one'] },
  { label: 'Log', lines: ['/var/log/node.log'], rank: 2 },
  { label: 'Events', lines: ['14:00 one', '14:01 two', '14:02 three'], rank: 3 },
];
const plain = { colour: false };

describe('fitScreen', () => {
  it('has a line for each text where there is no terminal, in one column', () => {
    expect(fitScreen(rows, null)).toEqual([
      'State:  crashed',
      'Remedy: make room on the disk, or name a larger one',
      'Log:    /var/log/node.log',
      'Events: 14:00 one',
      '        14:01 two',
      '        14:02 three',
    ]);
  });

  it('wraps a text under itself, between words, and in a word only where that is longer than a line', () => {
    expect(fitScreen(rows.slice(0, 3), { ...plain, columns: 24, rows: 20 })).toEqual([
      'State:  crashed',
      'Remedy: make room on the',
      '        disk, or name a',
      '        larger one',
      'Log:    /var/log/node.lo',
      '        g',
    ]);
  });

  it('leaves out the oldest lines of the highest rank first, and says how many', () => {
    expect(fitScreen(rows, { ...plain, columns: 80, rows: 6 })).toEqual([
      'State:  crashed',
      'Remedy: make room on the disk, or name a larger one',
      'Log:    /var/log/node.log',
      'Events: 14:02 three',
      '… 2 more lines: wemixvisor status | less',
    ]);
    expect(fitScreen(rows, { ...plain, columns: 80, rows: 4 })).toEqual([
      'State:  crashed',
      'Remedy: make room on the disk, or name a larger one',
      '… 4 more lines: wemixvisor status | less',
    ]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('never fills more than %i rows with the cursor', (height) => {
    const shown = fitScreen(rows, { ...plain, columns: 30, rows: height });
    expect(shown.length).toBeLessThanOrEqual(Math.max(1, height - 1));
  });

  it('has colours where the terminal has', () => {
    const [state] = fitScreen(rows, { colour: true, columns: 80, rows: 24 });
    expect(state).toBe('State:  \u001B[31mcrashed\u001B[39m');
    expect(fitScreen(rows, { ...plain, columns: 80, rows: 24 })[0]).toBe('State:  crashed');
  });
});
