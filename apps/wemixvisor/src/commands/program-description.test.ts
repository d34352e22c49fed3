import { describe, expect, it } from 'vitest';
import type { CommandDefinition } from '../command-definition.ts';
import { programDescription } from './program-description.ts';

const definition = (overrides: Partial<CommandDefinition> = {}): CommandDefinition => ({
  name: 'logs',
  argument: '',
  description: 'show the log',
  details: [],
  examples: [],
  options: [],
  ...overrides,
});

const described = (overrides: Partial<CommandDefinition> = {}) =>
  programDescription([definition(overrides)]).commands[0];

describe('programDescription', () => {
  it('keeps names and descriptions, and the short and the long name of an option together', () => {
    const option = { names: ['-f', '--follow'], description: 'Show new lines', placeholder: null };
    expect(programDescription([definition({ options: [option] })])).toEqual({
      name: 'wemixvisor',
      commands: [
        {
          name: 'logs',
          description: 'show the log',
          options: [{ names: ['-f', '--follow'], description: 'Show new lines', values: null }],
          argument: null,
          passesOn: false,
        },
        { name: 'help', description: 'explain a command', argument: 'commands' },
      ],
    });
  });

  it('leaves the arguments of run to the node', () => {
    expect(described({ name: 'run' })).toMatchObject({ passesOn: true });
    expect(described({ name: 'start' })).toMatchObject({ passesOn: false });
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
    expect(described({ options })?.options?.[0]?.values).toEqual(values);
  });

  it.each([
    ['<bash|zsh|fish>', ['bash', 'zsh', 'fish']],
    ['[test]', ['test']],
    ['[FILE]', 'files'],
    ['', null],
  ])('knows the argument %s', (argument, values) => {
    expect(described({ argument })?.argument).toEqual(values);
  });
});
