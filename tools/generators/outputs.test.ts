import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { api, outputs } from './outputs.mjs';

const all = await outputs();

describe('generated files', () => {
  it.each(all)('$file.pathname is what the data gives', ({ file, content }) => {
    expect(readFileSync(file, 'utf8')).toBe(content);
  });

  it('are all that is in docs/api', () => {
    const there = readdirSync(api, { recursive: true, encoding: 'utf8' });
    const pages = there
      .filter((name) => name.endsWith('.md'))
      .map((name) => new URL(name, api).href);
    const written = all.map(({ file }) => file.href).filter((href) => href.startsWith(api.href));
    expect(pages.toSorted()).toEqual(written.toSorted());
  });
});
