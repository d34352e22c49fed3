/** Searches a text that comes in pieces for a match. What is further than `reach` units from where a match begins is as if it were not there. */
export function searchWindows(pattern: RegExp, reach: number, text: Iterable<string>): boolean {
  const global = new RegExp(pattern.source, `${pattern.flags}g`);
  const isIn = (window: string, from: number, to: number): boolean => {
    global.lastIndex = from;
    const found = global.exec(window)?.index;
    return found !== undefined && found <= to;
  };
  let window = '';
  let from = 0;
  for (const piece of text) {
    window += piece;
    const to = window.length - reach;
    // So much again is worth a search.
    if (to - from < reach) continue;
    if (isIn(window, from, to)) return true;
    const kept = Math.max(0, to - reach);
    window = window.slice(kept);
    from = to - kept;
  }
  return isIn(window, from, Infinity);
}
