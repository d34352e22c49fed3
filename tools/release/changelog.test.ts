import { describe, expect, it } from 'vitest';
import { entryOf } from './changelog.mjs';

const changelog = `# 1.0.0 (2027-02-01)

### Features

- **process:** wait for an end

## 0.5.10 (2027-01-02)

- **logs:** lose no line

## 0.5.1 (2027-01-01)
`;

describe('entryOf', () => {
  it('is what stands below the heading of a version, up to the next one', () => {
    expect(entryOf(changelog, '1.0.0')).toBe('### Features\n\n- **process:** wait for an end');
    expect(entryOf(changelog, '0.5.10')).toBe('- **logs:** lose no line');
  });

  it.each(['0.5.1', '0.5', '2.0.0'])('is refused for %s, of which nothing is said', (version) => {
    expect(() => entryOf(changelog, version)).toThrow(`says nothing of ${version}`);
  });
});
