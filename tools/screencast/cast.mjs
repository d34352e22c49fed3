// A recording in the format asciicast v2: a line of JSON with the size, then one for each output with its second.

/** @typedef {{ readonly at: number, readonly data: string }} Output */
/** @typedef {{ readonly width: number, readonly height: number, readonly outputs: readonly Output[] }} Recording */

/** @param {Recording} recording */
export function writeCast({ width, height, outputs }) {
  const events = outputs.map(({ at, data }) => [Number(at.toFixed(3)), 'o', data]);
  return [{ version: 2, width, height }, ...events]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');
}

/** @param {string} text @returns {Recording} */
export function readCast(text) {
  const [header, ...events] = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const outputs = events.map(([at, , data]) => ({ at, data }));
  return { width: header.width, height: header.height, outputs };
}

/**
 * The same outputs, none more than some seconds after the one before, and the first at once.
 * @param {readonly Output[]} outputs
 * @param {number} longest in seconds
 * @returns {readonly Output[]}
 */
export function shortenWaits(outputs, longest) {
  let before = outputs[0]?.at ?? 0;
  let shown = 0;
  return outputs.map(({ at, data }) => {
    shown += Math.min(at - before, longest);
    before = at;
    return { at: shown, data };
  });
}

/**
 * The home as ~ in an output, also where the edge of the terminal cuts its name.
 * @param {string} data
 * @param {string} home
 */
export function withTilde(data, home) {
  const shortest = home.lastIndexOf('/') + 1;
  const cuts = Array.from({ length: home.length - shortest }, (_, left) =>
    home.slice(0, -1 - left),
  );
  return data
    .replaceAll(home, '~')
    .split('\r\n')
    .map((line) => {
      const cut = cuts.find((beginning) => line.endsWith(beginning));
      return cut === undefined ? line : `${line.slice(0, -cut.length)}~`;
    })
    .join('\r\n');
}
