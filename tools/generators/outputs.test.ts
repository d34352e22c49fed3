import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { outputs } from './outputs.mjs';

describe('generated files', () => {
  it.each(outputs())('$file.pathname is what the data gives', ({ file, content }) => {
    expect(readFileSync(file, 'utf8')).toBe(content);
  });
});
