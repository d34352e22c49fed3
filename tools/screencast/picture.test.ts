import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { castFile, svgFile } from './picture.mjs';

const svg = readFileSync(svgFile, 'utf8');
const cast = readFileSync(castFile, 'utf8');

describe('the picture of the README', () => {
  it('is small, and needs nothing from elsewhere', () => {
    expect(svg.length).toBeLessThan(60_000);
    expect(svg).not.toMatch(/<script|href|url\(|@import|@font-face|<image|<foreignObject/i);
  });

  it.each([
    ['the recording', cast],
    ['the picture', svg],
  ])('tells nothing of the machine that made %s', (_, text) => {
    expect(text).not.toMatch(/\/(?:tmp|home|root|Users|work|private|var)\b/);
  });

  it.each([
    'answers on http://127.0.0.1:8545',
    "the kernel's out-of-memory killer is the usual reason",
    '1 (1 after a crash)',
    'took over the running node',
    'the node has stopped',
  ])('shows %j', (text) => {
    expect(svg).toContain(text);
  });
});
