import { describe, expect, it } from 'vitest';
import { folderTable, survivorList } from './summary.mjs';

const mutant = (overrides: object) => ({
  fileName: 'src/rpc/ask.ts',
  line: 3,
  mutatorName: 'EqualityOperator',
  original: 'a < b',
  replacement: 'a <= b',
  status: 'Killed',
  ...overrides,
});

describe('folderTable', () => {
  it('gives each folder its score and all of them together', () => {
    const results = [
      mutant({}),
      mutant({ status: 'Timeout' }),
      mutant({ status: 'Survived' }),
      mutant({ status: 'NoCoverage' }),
      mutant({ fileName: 'src/index.ts' }),
    ];
    expect(folderTable(results).split('\n')).toEqual([
      'folder   score   killed    of  not covered',
      'src     100.0 %      1     1     0',
      'src/rpc  50.0 %      2     4     1',
      'all      60.0 %      3     5     1',
    ]);
  });

  it('leaves out of the score what was not tested', () => {
    const results = [mutant({}), mutant({ status: 'Ignored' }), mutant({ status: 'RuntimeError' })];
    expect(folderTable(results)).toContain('100.0 %      1     1     0');
  });
});

describe('survivorList', () => {
  it('shows the changes that no test noticed, by file and line', () => {
    const results = [
      mutant({ status: 'Survived', line: 9 }),
      mutant({ status: 'NoCoverage', original: 'if (a) {\n  b();\n}', replacement: '{}' }),
      mutant({ status: 'Killed' }),
    ];
    expect(survivorList(results)).toBe(
      'src/rpc/ask.ts:3 NoCoverage EqualityOperator\n  - if (a) { b(); }\n  + {}\n' +
        'src/rpc/ask.ts:9 Survived EqualityOperator\n  - a < b\n  + a <= b\n',
    );
  });
});
