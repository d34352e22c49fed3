import { describe, expect, it } from 'vitest';
import { becomeCommandOfInit, type FirstProcess } from './container.ts';

const first = (overrides: Partial<FirstProcess>): FirstProcess => ({
  pid: 1,
  argv: ['node', '/app/dist/main.cjs', 'run', '--http'],
  env: { A: '1' },
  ...overrides,
});

describe('becomeCommandOfInit', () => {
  it('does nothing for a process that is not the first', () => {
    expect(becomeCommandOfInit(first({ pid: 2 }))).toBeUndefined();
  });

  it('says what to do where Node cannot give its place away', () => {
    expect(becomeCommandOfInit(first({}))).toMatch(/wemixvisor-init or with an init/);
  });

  it('gives its place to the shell that starts it again with the same words', () => {
    let called: readonly unknown[] = [];
    const execve = (...args: readonly unknown[]): never => {
      called = args;
      return undefined as never;
    };
    becomeCommandOfInit(first({ execve }));
    expect(called).toEqual([
      '/bin/sh',
      [
        '/bin/sh',
        expect.stringMatching(/\/init\.sh$/),
        process.execPath,
        expect.stringMatching(/\/main\.cjs$/),
        'run',
        '--http',
      ],
      { A: '1' },
    ]);
  });
});
