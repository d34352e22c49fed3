import { describe, expect, it } from 'vitest';
import { firstUi, pressed, type Key, type Ui } from './ui.ts';

const key = (sequence: string): Key => ({ sequence, name: sequence });
/** The view after some keys, a second apart, and what the last of them asked for. */
function after(keys: readonly Key[], begin: Ui = firstUi) {
  return keys.reduce<ReturnType<typeof pressed>>(
    ({ ui }, each, at) => pressed(ui, each, at * 1_000),
    { ui: begin },
  );
}

describe('the keys', () => {
  it('go round the spans of the history and the levels of the log', () => {
    expect(after([key('t')]).ui.window).toBe('6h');
    expect(after([key('t'), key('t'), key('t')]).ui.window).toBe('15m');
    expect(after([key('l')]).ui.level).toBe('info');
    expect(after(['l', 'l', 'l'].map(key)).ui.level).toBe('error');
    expect(after(['l', 'l', 'l', 'l'].map(key)).ui.level).toBeNull();
  });

  it('turn to a page and back', () => {
    expect(after([key('?')]).ui.page).toBe('help');
    expect(after([key('h'), key('h')]).ui.page).toBe('node');
    expect(after([key('e')]).ui.page).toBe('events');
    expect(after([key('e'), { name: 'escape', sequence: '\u001b' }]).ui.page).toBe('node');
  });

  it.each([
    ['r', 'restart'],
    ['s', 'stop'],
  ] as const)('ask twice: %s and then y is %s', (letter, action) => {
    const asked = after([key('e'), key(letter)]);
    expect(asked.ui).toMatchObject({ page: 'node', asking: { action } });
    expect(asked.wish).toBeUndefined();
    expect(pressed(asked.ui, key('y'), 5_000)).toEqual({
      ui: { ...firstUi, asking: null },
      wish: action,
    });
    expect(pressed(asked.ui, key('n'), 5_000)).toEqual({ ui: { ...firstUi, asking: null } });
  });

  it('take no pasted text for an answer', () => {
    const { ui } = pressed(firstUi, key('s'), 1_000);
    expect(pressed(ui, key('y'), 1_010).wish).toBeUndefined();
  });

  it('turn to another home, but not while a question is open: that is answered with no', () => {
    const tab = { name: 'tab', sequence: '\t' };
    expect(after([tab])).toEqual({ ui: firstUi, wish: 'next home' });
    expect(after([{ name: 'tab', sequence: '\u001b[Z', shift: true }]).wish).toBe('home before');
    expect(after([key('s'), tab])).toEqual({ ui: firstUi });
  });

  it('quit, stop the job, and draw anew', () => {
    const control = (name: string) => pressed(firstUi, { name, ctrl: true }, 0).wish;
    expect(pressed(firstUi, key('q'), 0).wish).toBe('quit');
    expect([control('c'), control('z'), control('l')]).toEqual(['quit', 'suspend', 'redraw']);
  });

  it('do nothing else', () => {
    for (const other of [key('x'), {}, { ctrl: true }, { ctrl: true, name: 'k' }]) {
      expect(pressed(firstUi, other, 0)).toEqual({ ui: firstUi });
    }
  });
});
