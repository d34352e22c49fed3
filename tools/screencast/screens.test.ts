import { describe, expect, it } from 'vitest';
import { screensOf } from './screens.mjs';

/** The screens of outputs that are a second apart. */
const screens = (...outputs: string[]) =>
  screensOf({ width: 12, height: 3, outputs: outputs.map((data, at) => ({ at, data })) });
const plain = (text: string) => [{ text, style: '' }];

describe('screensOf', () => {
  it('shows what each output leaves on the terminal, and where the cursor stands', async () => {
    expect(await screens('$ go', '\r\nready\r\n')).toEqual([
      { at: 0, top: 0, cursor: { column: 4, line: 0 }, lines: [plain('$ go')] },
      { at: 1, top: 0, cursor: { column: 0, line: 2 }, lines: [plain('$ go'), plain('ready')] },
    ]);
  });

  it('draws a line anew where the program does', async () => {
    const [first, last] = await screens('starting, 0s\r\n', '\u001b[1A\u001b[0Jrunning\r\n');
    expect([first?.lines, last?.lines]).toEqual([[plain('starting, 0s')], [plain('running')]]);
  });

  it('keeps the lines that scroll away', async () => {
    const [only] = await screens('1\r\n2\r\n3\r\n4\r\n5');
    expect(only).toMatchObject({ top: 2, cursor: { column: 1, line: 4 } });
    expect(only?.lines).toEqual(['1', '2', '3', '4', '5'].map(plain));
  });

  it('goes on in the next line at the edge', async () => {
    const [only] = await screens('the node is running');
    expect(only?.lines).toEqual([plain('the node is '), plain('running')]);
  });

  it('tells the styles of the program apart', async () => {
    const [only] = await screens('a\u001b[33mb\u001b[0;2mc\u001b[0;1;31md\u001b[0m e');
    expect(only?.lines).toEqual([
      [
        { text: 'a', style: '' },
        { text: 'b', style: 'yellow' },
        { text: 'c', style: 'dim' },
        { text: 'd', style: 'bold red' },
        { text: ' e', style: '' },
      ],
    ]);
  });

  it.each([
    ['a colour', '\u001b[35mx'],
    ['a background', '\u001b[41mx'],
    ['an underline', '\u001b[4mx'],
    ['a letter of two columns', '漢'],
  ])('refuses %s that the picture cannot show', async (_, data) => {
    await expect(screens(data)).rejects.toThrow(/^(no style|not of one column)/);
  });

  it('takes outputs within a tenth of a second as one step, and never leaves out the last', async () => {
    const outputs = [0, 0.03, 0.06, 0.12, 0.15].map((at) => ({ at, data: 'x' }));
    const all = await screensOf({ width: 12, height: 3, outputs });
    expect(all.map(({ at, lines }) => [at, lines[0]?.[0]?.text])).toEqual([
      [0, 'x'],
      [0.06, 'xxx'],
      [0.15, 'xxxxx'],
    ]);
  });
});
