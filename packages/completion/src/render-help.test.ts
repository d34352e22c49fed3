import { describe, expect, it } from 'vitest';
import type { DescribedCommand } from './program-description.ts';
import { renderHelp } from './render-help.ts';

const check: DescribedCommand = {
  name: 'config check',
  usage: '[FILE] [options]',
  description: 'check the configuration',
};
const start: DescribedCommand = { name: 'start', description: 'start the daemon' };
const program = { name: 'tool', commands: [start, check] };

const helpOf = (command: Partial<DescribedCommand>, columns = 100) => {
  const commands = [{ ...check, ...command }];
  return renderHelp({ name: 'tool', commands }, 'config check', columns) ?? '';
};

describe('renderHelp of a command', () => {
  it('shows usage, description, details, options and examples', () => {
    const text = helpOf({
      details: ['Reads the file and changes nothing.', 'Exit code: 0, else 64.'],
      options: [
        { names: ['--home'], usage: '--home DIR', description: 'The home folder' },
        { names: ['-f', '--follow'], description: 'Show new lines' },
        { names: ['-n', '--lines'], usage: '-n, --lines N', description: 'How many' },
        {
          names: ['--stop-timeout'],
          usage: '--stop-timeout DURATION',
          description: 'The grace period',
        },
      ],
      examples: [['Before a reload', 'tool config check && tool reload']],
    });
    expect(text).toBe(`tool config check [FILE] [options]

  Check the configuration

  Reads the file and changes nothing.

  Exit code: 0, else 64.

Options:
  --home DIR               The home folder
  -f, --follow             Show new lines
  -n, --lines N            How many
  --stop-timeout DURATION  The grace period

Examples:
  Before a reload
    $ tool config check && tool reload
`);
  });

  it('lists options under their headings, each in a column of its own', () => {
    const options = [
      { names: ['--force'], description: 'Now' },
      { names: ['--home'], usage: '--home DIR', description: 'The home', heading: 'Common' },
      { names: ['--yes'], description: 'Ask nothing' },
    ];
    expect(helpOf({ options })).toContain(`
Options:
  --force  Now
  --yes    Ask nothing

Common:
  --home DIR  The home
`);
  });

  it('leaves out what a command does not have', () => {
    expect(renderHelp(program, 'start', 100)).toBe('tool start\n\n  Start the daemon\n');
  });

  it('breaks lines within the columns of the terminal, with descriptions in a column of their own', () => {
    const description = 'one two three four five six seven';
    const options = [{ names: ['--home'], usage: '--home DIR', description }];
    const lines = (columns: number) => {
      const text = helpOf({ options }, columns).split('\n');
      return text.slice(text.indexOf('Options:') + 1, -1);
    };
    expect(lines(45)).toEqual(['  --home DIR  one two three four five six', '              seven']);
    expect(lines(44)).toEqual(['  --home DIR  one two three four five six', '              seven']);
    expect(lines(43)).toEqual(['  --home DIR', '      one two three four five six seven']);
    expect(lines(10)).toEqual(['  --home DIR', '      one two three four', '      five six seven']);
  });
});

describe('renderHelp of a program', () => {
  it('lists the commands between its title and its notes', () => {
    const described = { ...program, title: 'tool 1.2.3: keeps a daemon', notes: ['See the page.'] };
    expect(renderHelp(described, '', 100)).toBe(`tool 1.2.3: keeps a daemon

Commands:
  start         start the daemon
  config check  check the configuration

See the page.
Help for a command: tool COMMAND --help
`);
    expect(renderHelp(program, '', 100)).toMatch(/^tool\n\nCommands:\n {2}start/);
  });

  it('lists commands under their headings, in one column', () => {
    const commands = [
      { ...start, heading: 'Run' },
      { ...check, heading: 'Look' },
      { name: 'stop', description: 'stop it', heading: 'Run' },
    ];
    expect(renderHelp({ name: 'tool', commands }, '', 100)).toContain(`
Run:
  start         start the daemon
  stop          stop it

Look:
  config check  check the configuration
`);
  });

  it('lists the commands of a group alone', () => {
    expect(renderHelp({ ...program, notes: ['See the page.'] }, 'config', 100)).toBe(
      `tool config COMMAND

Commands:
  config check  check the configuration

Help for a command: tool COMMAND --help
`,
    );
  });

  it('has none for what is neither a command nor a group', () => {
    expect(renderHelp(program, 'conf', 100)).toBeUndefined();
    expect(renderHelp(program, 'strat', 100)).toBeUndefined();
  });
});
