import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outputs } from './outputs.mjs';

const all = await outputs();

describe('generated files', () => {
  it.each(all)('$file.pathname is what the data gives', ({ file, content }) => {
    expect(readFileSync(file, 'utf8')).toBe(content);
  });
});
