import { describe, expect, it } from 'vitest';
import type { CommandDefinition } from '../command-definition.ts';
import { renderCommandHelp, renderGroupHelp, renderProgramHelp } from './render-help.ts';

const command = (overrides: Partial<CommandDefinition> = {}): CommandDefinition => ({
  name: 'config check',
  argument: '[FILE]',
  description: 'check the configuration',
  details: [],
  examples: [],
  options: [],
  ...overrides,
});

describe('renderCommandHelp', () => {
  it('shows usage, description, details, options and examples', () => {
    const text = renderCommandHelp(
      command({
        details: ['Reads the file and changes nothing.', 'Exit code: 0, else 64.'],
        options: [
          { names: ['--home'], placeholder: 'DIR', description: 'The home folder' },
          { names: ['-f', '--follow'], placeholder: null, description: 'Show new lines' },
          { names: ['-n', '--lines'], placeholder: 'N', description: 'How many' },
          { names: ['--strict'], placeholder: null, description: 'Refuse' },
          { names: ['--stop-timeout'], placeholder: 'DURATION', description: 'The grace period' },
        ],
        examples: [['Before a reload', 'wemixvisor config check && wemixvisor reload']],
      }),
      100,
    );
    expect(text).toBe(`wemixvisor config check [FILE] [options]

  Check the configuration

  Reads the file and changes nothing.

  Exit code: 0, else 64.

Options:
  --home DIR               The home folder
  -f, --follow             Show new lines
  -n, --lines N            How many
  --strict[=BOOL]          Refuse
  --stop-timeout DURATION  The grace period

Examples:
  Before a reload
    $ wemixvisor config check && wemixvisor reload
`);
  });

  it('leaves out what a command does not have', () => {
    expect(renderCommandHelp(command(), 100)).toBe(
      'wemixvisor config check [FILE] [options]\n\n  Check the configuration\n',
    );
  });

  it.each([
    ['start', 'wemixvisor start [options] [-- NODE-OPTIONS…]'],
    ['doctor', 'wemixvisor doctor [options] [-- NODE-OPTIONS…]'],
    ['service', 'wemixvisor service [options] [-- NODE-OPTIONS…]'],
    ['restart', 'wemixvisor restart [options] [-- NODE-OPTIONS…]'],
    ['run', 'wemixvisor run [NODE-OPTIONS…]'],
    ['stop', 'wemixvisor stop [options]'],
  ] as const)('shows where %s takes the arguments of the node', (name, usage) => {
    expect(renderCommandHelp(command({ name, argument: '' }), 100).split('\n')[0]).toBe(usage);
  });

  it('breaks lines within the columns of the terminal, with descriptions in a column of their own', () => {
    const options = [
      { names: ['--home'], placeholder: 'DIR', description: 'one two three four five six seven' },
    ];
    const lines = (columns: number) => {
      const text = renderCommandHelp(command({ options }), columns).split('\n');
      return text.slice(text.indexOf('Options:') + 1, -1);
    };
    expect(lines(45)).toEqual(['  --home DIR  one two three four five six', '              seven']);
    expect(lines(44)).toEqual(['  --home DIR  one two three four five six', '              seven']);
    expect(lines(43)).toEqual(['  --home DIR', '      one two three four five six seven']);
    expect(lines(10)).toEqual(['  --home DIR', '      one two three four', '      five six seven']);
  });
});

describe('renderProgramHelp', () => {
  it('lists the commands and says where the arguments of the node go', () => {
    const commands = [
      command({ name: 'start', description: 'start the node' }),
      command({ name: 'config show', description: 'show every setting' }),
    ];
    expect(renderProgramHelp(commands, { version: '1.2.3', columns: 100 })).toBe(
      `wemixvisor 1.2.3: keeps one geth-family node running, and says why when it cannot

  wemixvisor start        start the node
  wemixvisor config show  show every setting

All arguments after \`--\` go to the node, byte for byte: wemixvisor start -- --datadir /data --http
Help for a command: wemixvisor COMMAND --help
`,
    );
  });
});

describe('renderGroupHelp', () => {
  it('lists the commands of the group alone', () => {
    expect(renderGroupHelp([command()], { group: 'config', columns: 100 })).toBe(
      `wemixvisor config COMMAND

  wemixvisor config check  check the configuration

Help for a command: wemixvisor COMMAND --help
`,
    );
  });
});
