import { describe, expect, it } from 'vitest';
import type { CommandDefinition } from '../command-definition.ts';
import { completionModel } from './completion-model.ts';

const definition = (overrides: Partial<CommandDefinition> = {}): CommandDefinition => ({
  name: 'logs',
  argument: '',
  description: 'show the log',
  details: [],
  examples: [],
  options: [],
  ...overrides,
});

describe('completionModel', () => {
  it('keeps names and descriptions, and the short and the long name of an option together', () => {
    const option = { names: ['-f', '--follow'], description: 'Show new lines', placeholder: null };
    expect(completionModel([definition({ options: [option] })])).toEqual([
      {
        name: 'logs',
        description: 'show the log',
        options: [{ names: ['-f', '--follow'], description: 'Show new lines', values: null }],
        words: null,
      },
    ]);
  });

  it.each([
    ['DIR', 'folders'],
    ['FILE', 'files'],
    ['PROGRAM', 'files'],
    ['on-failure|always|never', ['on-failure', 'always', 'never']],
    ['LEVEL', ['crit', 'error', 'warn', 'info', 'debug', 'trace']],
    ['DURATION', 'anything'],
    ['NAME=VALUE', 'anything'],
    [null, null],
  ])('knows the values of an option with the placeholder %s', (placeholder, values) => {
    const options = [{ names: ['--option'], description: '', placeholder }];
    expect(completionModel([definition({ options })])[0]?.options[0]?.values).toEqual(values);
  });

  it.each([
    ['<bash|zsh|fish>', ['bash', 'zsh', 'fish']],
    ['[test]', ['test']],
    ['[FILE]', 'files'],
    ['', null],
  ])('knows the argument %s', (argument, words) => {
    expect(completionModel([definition({ argument })])[0]?.words).toEqual(words);
  });
});
