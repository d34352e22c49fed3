import { describe, expect, it } from 'vitest';
import { missingRepository, readWords } from './release-words.mjs';

describe('readWords', () => {
  it.each(['0.5.0', '1.0.0-rc.1', 'patch', 'minor', 'major'])('takes %s as a version', (word) => {
    expect(readWords([word])).toEqual({ specifier: word, dryRun: false });
    expect(readWords(['--dry-run', word])).toEqual({ specifier: word, dryRun: true });
  });

  it('leaves the version to the commits where none is named', () => {
    expect(readWords(['--dry-run'])).toEqual({ specifier: undefined, dryRun: true });
  });

  it.each([[['v0.5.0']], [['0.5']], [['0.5.0', '0.6.0']], [['--dryrun']], [['--dry-run=yes']]])(
    'does not guess what %j means',
    (args) => {
      expect(readWords(args)).toBeUndefined();
    },
  );
});

describe('missingRepository', () => {
  it('names the field that nobody can publish without', () => {
    expect(missingRepository({})).toMatch(/^package\.json of the workspace has no "repository"/);
    expect(missingRepository({ repository: 'https://github.com/OWNER/NAME' })).toBeUndefined();
  });
});
