// What a terminal shows after each output of a recording.
import xterm from '@xterm/headless';

/** @typedef {'' | 'bold' | 'dim' | 'red' | 'bold red' | 'yellow' | 'green' | 'cyan'} Style */
/** @typedef {{ readonly text: string, readonly style: Style }} Run */
/** @typedef {readonly Run[]} Line */
/**
 * @typedef {object} Screen
 * @property {number} at in seconds
 * @property {number} top the first visible of the lines
 * @property {{ readonly column: number, readonly line: number }} cursor
 * @property {readonly Line[]} lines all since the beginning, also those that have scrolled away
 */

/** Outputs that follow sooner than the eye sees are one step, in seconds. */
const step = 0.1;

/**
 * The screens of a recording, one for each step in which it changed.
 * @param {import('./cast.mjs').Recording} recording
 * @returns {Promise<readonly Screen[]>}
 */
export async function screensOf({ width, height, outputs }) {
  const options = { cols: width, rows: height, scrollback: 10_000, allowProposedApi: true };
  const terminal = new xterm.Terminal(options);
  /** @type {Screen[]} */
  const screens = [];
  for (const [index, { at, data }] of outputs.entries()) {
    await new Promise((resolve) => terminal.write(data, () => resolve(undefined)));
    const next = outputs[index + 1];
    if (next === undefined || next.at - (screens.at(-1)?.at ?? -step) >= step) {
      screens.push(screenOf(terminal, at));
    }
  }
  return screens;
}

/** @param {import('@xterm/headless').Terminal} terminal @param {number} at @returns {Screen} */
function screenOf({ buffer: { active } }, at) {
  const lines = Array.from({ length: active.length }, (_, index) => lineOf(active.getLine(index)));
  while (lines.at(-1)?.length === 0) lines.pop();
  const cursor = { column: active.cursorX, line: active.baseY + active.cursorY };
  return { at, top: active.baseY, cursor, lines };
}

/** @param {import('@xterm/headless').IBufferLine | undefined} line @returns {Line} */
function lineOf(line) {
  /** @type {{ text: string, style: Style }[]} */
  const runs = [];
  const length = line?.translateToString(true).length ?? 0;
  for (let column = 0; column < length; column += 1) {
    const cell = line?.getCell(column);
    if (cell === undefined) continue;
    if (cell.getWidth() !== 1) throw new Error(`not of one column: ${cell.getChars()}`);
    const text = cell.getChars() || ' ';
    const style = styleOf(cell);
    const last = runs.at(-1);
    if (last?.style === style) last.text += text;
    else runs.push({ text, style });
  }
  return runs;
}

/** @type {Readonly<Record<string, Style>>} */
const styles = {
  '-1': '',
  '-1 bold': 'bold',
  '-1 dim': 'dim',
  1: 'red',
  '1 bold': 'bold red',
  2: 'green',
  3: 'yellow',
  6: 'cyan',
};

/** The styles that the program prints; another one is refused, so that none is shown wrong. @param {import('@xterm/headless').IBufferCell} cell */
function styleOf(cell) {
  const colour = cell.isFgDefault() ? '-1' : `${cell.getFgColor()}`;
  const weight = `${cell.isBold() ? ' bold' : ''}${cell.isDim() ? ' dim' : ''}`;
  const style = styles[colour + weight];
  const other = cell.isInverse() || cell.isItalic() || cell.isUnderline() || !cell.isBgDefault();
  if (style === undefined || other) throw new Error(`no style for ${colour}${weight}`);
  return style;
}
