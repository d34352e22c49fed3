// The screens of a recording as an animated picture: CSS alone, and the last screen where nothing may move.

/** @typedef {import('./screens.mjs').Screen} Screen */
/** A content of a line between two seconds. @typedef {{ line: import('./screens.mjs').Line, index: number, from: number, to: number }} Content */

const fontSize = 14;
const lineHeight = 19;
const padding = 14;
/** No fixed-width font that the style names is wider. */
const columnWidth = fontSize * 0.62;

const style = `.paper{fill:#0d1117;stroke:#30363d}
#lines{fill:#e6edf3;font:${fontSize}px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace}
.bold{font-weight:bold}.dim,#cursor{fill:#8b949e}.red{fill:#ff7b72}.yellow{fill:#d29922}.green{fill:#3fb950}.cyan{fill:#39c5cf}#cursor{width:1ch}
@media (prefers-color-scheme:light){.paper{fill:#fff;stroke:#d0d7de}#lines{fill:#1f2328}.dim{fill:#656d76}.red{fill:#cf222e}.yellow{fill:#9a6700}.green{fill:#1a7f37}.cyan{fill:#1b7c83}}
.past{visibility:hidden}
@media (prefers-reduced-motion:reduce){*{animation:none!important}}`;

/**
 * @param {readonly Screen[]} screens
 * @param {object} picture
 * @param {number} picture.width in columns
 * @param {number} picture.height in lines
 * @param {string} picture.title
 * @param {string} picture.description
 * @param {number} picture.rest for how many seconds the last screen stays before it begins again
 */
export function svgOf(screens, { width, height, title, description, rest }) {
  const last = screens.at(-1);
  if (last === undefined) throw new Error('a recording without a screen');
  const { rules, groups } = animate(screens, last.at + rest);
  return frameOf({
    ...{ width, height, title, description },
    style: `
#lines{transform:${scrolled(last)}}#cursor{transform:${pointed(last)}}
${rules.join('\n')}`,
    text: `${groups.join('\n')}
<rect id="cursor" y="3" width="${columnWidth}" height="${fontSize + 1}"/>`,
  });
}

/**
 * One screen that does not move, without a cursor.
 * @param {Screen} screen
 * @param {{ width: number, height: number, title: string, description: string }} picture as of svgOf
 */
export function stillOf({ lines, top }, picture) {
  const text = lines.slice(top).map((line, index) => textOf({ line, index }));
  return frameOf({ ...picture, style: '', text: text.join('\n') });
}

/** @param {{ width: number, height: number, title: string, description: string, style: string, text: string }} picture */
function frameOf({ width, height, title, description, style: more, text }) {
  const [right, bottom] = [Math.ceil(width * columnWidth), height * lineHeight];
  const [across, down] = [right + 2 * padding, bottom + 2 * padding];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${across} ${down}" width="${across}" height="${down}" role="img" aria-labelledby="title description"><title id="title">${escaped(title)}</title><desc id="description">${escaped(description)}</desc><style>
${style}${more}
</style><rect class="paper" x=".5" y=".5" width="${across - 1}" height="${down - 1}" rx="8"/><svg x="${padding}" y="${padding}" width="${right}" height="${bottom}"><g id="lines">
${text}</g></svg></svg>
`;
}

/** @param {readonly Screen[]} screens @param {number} seconds */
function animate(screens, seconds) {
  const percent = (/** @type {number} */ at) => `${Number(((at / seconds) * 100).toFixed(2))}%`;
  /** @param {string} name @param {(screen: Screen) => string} transform */
  const moves = (name, transform) =>
    `@keyframes ${name}{${changesOf(screens, transform)
      .map(({ at, value }) => `${percent(at)}{transform:${value}}`)
      .join('')}}`;
  const rules = [
    `g,#cursor{animation:${Number(seconds.toFixed(2))}s step-end infinite}`,
    '#lines{animation-name:lines}#cursor{animation-name:cursor}',
    moves('lines', scrolled),
    moves('cursor', pointed),
  ];
  const groups = [...bySpan(contentsOf(screens))].map(([name, contents]) => {
    const { from, to } = contents[0] ?? { from: 0, to: Infinity };
    const end = to === Infinity ? '' : `${percent(to)}{visibility:hidden}`;
    const begin = `0%{visibility:hidden}${percent(from)}{visibility:visible}`;
    rules.push(`@keyframes ${name}{${begin}${end}}`);
    const past = to === Infinity ? '' : ' class="past"';
    return `<g${past} style="animation-name:${name}">${contents.map(textOf).join('')}</g>`;
  });
  return { rules, groups };
}

const scrolled = (/** @type {Screen} */ { top }) => `translateY(${-top * lineHeight}px)`;
const pointed = (/** @type {Screen} */ { cursor }) =>
  `translate(${cursor.column}ch,${cursor.line * lineHeight}px)`;

/**
 * The screens at which a value changes.
 * @template T
 * @param {readonly Screen[]} screens
 * @param {(screen: Screen) => T} valueOf
 */
function changesOf(screens, valueOf) {
  const values = screens.map((screen) => ({ at: screen.at, value: valueOf(screen) }));
  return values.filter(
    ({ value }, index) => JSON.stringify(value) !== JSON.stringify(values[index - 1]?.value),
  );
}

/** Each content of each line, and when it is shown. @param {readonly Screen[]} screens @returns {readonly Content[]} */
function contentsOf(screens) {
  const count = Math.max(...screens.map(({ lines }) => lines.length));
  return Array.from({ length: count }, (_, index) =>
    changesOf(screens, ({ lines }) => lines[index] ?? [])
      .map(({ at, value }, change, changes) => {
        const to = changes[change + 1]?.at ?? Infinity;
        return { line: value, index, from: at, to };
      })
      .filter(({ line }) => line.length > 0),
  ).flat();
}

/** What is shown and hidden together shares a group. @param {readonly Content[]} contents */
function bySpan(contents) {
  /** @type {Map<string, Content[]>} */
  const spans = new Map();
  for (const content of contents) {
    const span = `${content.from} ${content.to}`;
    spans.set(span, [...(spans.get(span) ?? []), content]);
  }
  return new Map([...spans.values()].map((together, index) => [`t${index}`, together]));
}

/** @param {Pick<Content, 'line' | 'index'>} content */
function textOf({ line, index }) {
  const runs = line.map(({ text, style: name }) =>
    name === '' ? escaped(text) : `<tspan class="${name}">${escaped(text)}</tspan>`,
  );
  return `<text y="${index * lineHeight + fontSize}">${runs.join('')}</text>`;
}

/** Text as XML, its repeated spaces as such that no browser draws as one. @param {string} text */
function escaped(text) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/ {2,}|^ /g, (spaces) => '\u00a0'.repeat(spaces.length));
}
