import { describe, expect, it } from 'vitest';
import {
  renderCommandHelp,
  renderGroupHelp,
  renderProgramHelp,
  type CommandHelp,
} from './render-help.ts';

const command = (overrides: Partial<CommandHelp> = {}): CommandHelp => ({
  path: 'wemixvisor config check',
  usage: 'wemixvisor config check [FILE]',
  description: 'check the configuration',
  options: [],
  ...overrides,
});

describe('renderCommandHelp', () => {
  it('shows usage, description, details, options and examples', () => {
    const text = renderCommandHelp(
      command({
        details: 'Reads the file\n      and changes nothing.\n\n      Exit code: 0, else 64.\n',
        options: [
          { definition: '--home #0', description: 'The home folder' },
          { definition: '-f,--follow', description: 'Show new lines' },
          { definition: '-n,--lines #0', description: 'How many' },
          { definition: '--strict', description: 'Refuse' },
          { definition: '--stop-timeout #0', description: 'The grace period' },
        ],
        examples: [['Before a reload', '$0 config check && $0 reload']],
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
  ])('shows where %s takes the arguments of the node', (name, usage) => {
    const path = `wemixvisor ${name}`;
    expect(renderCommandHelp(command({ path, usage: path }), 100).split('\n')[0]).toBe(usage);
  });

  it('breaks lines within the columns of the terminal, with descriptions in a column of their own', () => {
    const options = [{ definition: '--home #0', description: 'one two three four five six seven' }];
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
      command({ path: 'wemixvisor start', description: '  start the node  ' }),
      command({ path: 'wemixvisor config show', description: 'show every setting' }),
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
