import { describe, expect, it } from 'vitest';
import { svgOf } from './svg.mjs';

const run = (text: string, style: '' | 'yellow' = '') => ({ text, style });
const screens = [
  { at: 0, top: 0, cursor: { column: 2, line: 0 }, lines: [[run('$ ')]] },
  { at: 1, top: 0, cursor: { column: 4, line: 0 }, lines: [[run('$ go')]] },
  {
    at: 4,
    top: 1,
    cursor: { column: 0, line: 2 },
    lines: [[run('$ go')], [run('a  <b> '), run('&c', 'yellow')]],
  },
];
const picture = { width: 10, height: 2, title: 'a & b', description: 'what is seen', rest: 4 };
const svg = svgOf(screens, picture);

describe('svgOf', () => {
  it('shows the last screen where nothing moves', () => {
    const still = svg.replaceAll(/@keyframes.*|animation[^;}"]*/g, '');
    const shown = still.split('\n').filter((line) => /^<g (?!class="past")/.test(line));
    expect(shown.join('')).toMatch(/^<g style=""><text y="14">\$ go.*>a\u00a0\u00a0&lt;b&gt; </);
    expect(still).toContain('#lines{transform:translateY(-19px)}');
    expect(still).toContain('#cursor{transform:translate(0ch,38px)}');
    expect(svg).toContain('@media (prefers-reduced-motion:reduce){*{animation:none!important}}');
  });

  it('hides what was overwritten, but for its time', () => {
    expect(svg).toMatch(/<g class="past" style="animation-name:t0"><text y="14">\$\u0020<\/text>/);
    expect(svg).toContain('@keyframes t0{0%{visibility:hidden}0%{visibility:visible}12.5%{');
  });

  it('shows a line from its second on, and scrolls with it', () => {
    expect(svg).toContain('{animation:8s step-end infinite}');
    expect(svg).toMatch(/@keyframes t2\{0%\{visibility:hidden\}50%\{visibility:visible\}\}/);
    expect(svg).toContain(
      '@keyframes lines{0%{transform:translateY(0px)}50%{transform:translateY(-19px)}}',
    );
  });

  it('colours a run of a line', () => {
    expect(svg).toContain('<tspan class="yellow">&amp;c</tspan>');
  });

  it('says what it shows', () => {
    expect(svg).toContain('<title id="title">a &amp; b</title>');
    expect(svg).toContain('<desc id="description">what is seen</desc>');
  });

  it('refuses a recording of nothing', () => {
    expect(() => svgOf([], picture)).toThrow('without a screen');
  });
});
