import { describe, expect, it } from 'vitest';
import { manual, type Program } from './manual.ts';

const command = (
  name: string,
  overrides: Partial<Program['commands'][number]> = {},
): Program['commands'][number] => ({
  name,
  description: `do ${name}`,
  details: [],
  usage: '[options]',
  options: [],
  examples: [],
  ...overrides,
});

const program = (overrides: Partial<Program> = {}): Program => ({
  version: '1.2.0',
  purpose: 'keeps a node',
  nodeArguments: 'All after `--` is of the node',
  commands: [],
  exitCodes: [{ name: '0', what: 'Done.' }],
  variables: [{ name: 'APP_HOME', what: 'The home.' }],
  files: [{ name: '~/.app', what: 'The home.' }],
  settings: [],
  ...overrides,
});

const contentOf = (file: string, overrides: Partial<Program>) =>
  manual(program(overrides)).find((page) => page.file === file)?.content ?? '';

/** The lines of a section. */
const sectionOf = (title: string, content: string) =>
  content.split(`.SH ${title}\n`)[1]?.split('\n.SH ')[0]?.trimEnd().split('\n');

describe('the manual', () => {
  it('has a page for the program, its configuration and each command, and leads from an action to its command', () => {
    const commands = [
      command('start'),
      command('config show'),
      command('crashes', { usage: '[list|show] [ID] [options]' }),
      command('service', { usage: '<systemd|launchd> [options]' }),
      command('check', { usage: '[FILE] [options]' }),
    ];
    expect(manual(program({ commands })).map(({ file }) => file)).toEqual([
      'wemixvisor.1',
      'wemixvisor-config.1',
      'wemixvisor-start.1',
      'wemixvisor-config-show.1',
      'wemixvisor-crashes.1',
      'wemixvisor-crashes-list.1',
      'wemixvisor-crashes-show.1',
      'wemixvisor-service.1',
      'wemixvisor-check.1',
    ]);
    expect(contentOf('wemixvisor-crashes-list.1', { commands })).toBe(
      '.so man1/wemixvisor-crashes.1\n',
    );
    expect(sectionOf('NAME', contentOf('wemixvisor-crashes.1', { commands }))).toEqual([
      String.raw`wemixvisor\-crashes, wemixvisor\-crashes\-list, wemixvisor\-crashes\-show \- Do crashes`,
    ]);
  });

  it('is the same whenever it is made', () => {
    expect(manual(program())).toEqual(manual(program()));
  });
});

describe('the page of the program', () => {
  it('names commands, exit codes, variables, files and the other pages', () => {
    const content = contentOf('wemixvisor.1', { commands: [command('start')] });
    expect(content.match(/(?<=^\.SH ).*/gm)).toEqual([
      ...['NAME', 'SYNOPSIS', 'DESCRIPTION', 'COMMANDS', 'EXIT STATUS'],
      ...['ENVIRONMENT', 'FILES', 'SEE ALSO'],
    ]);
    expect(sectionOf('COMMANDS', content)).toEqual([
      ...['.TP', String.raw`\fBwemixvisor\-start\fR(1)`, 'Do start.'],
    ]);
    expect(sectionOf('FILES', content)).toEqual([
      ...['Of the default home:', '.TP', String.raw`\fB\(ti/.app\fR`, 'The home.'],
    ]);
    expect(sectionOf('SEE ALSO', content)).toEqual([
      String.raw`\fBwemixvisor\-config\fR(1), \fBwemixvisor\-start\fR(1)`,
    ]);
  });
});

describe('the page of a command', () => {
  const page = (overrides: Partial<Program['commands'][number]>) =>
    contentOf('wemixvisor-stop.1', {
      commands: [command('stop', overrides), command('start'), command('run')],
    });

  it('has usage, text, options and examples', () => {
    const content = page({
      details: ['Sends a signal.', 'Waits.'],
      options: [{ name: '--timeout DURATION', what: 'The grace period' }],
      examples: [['Wait for it', 'wemixvisor stop --timeout 0']],
    });
    expect(sectionOf('SYNOPSIS', content)).toEqual([
      String.raw`\fBwemixvisor\fR \fBstop\fR [\fIoptions\fR]`,
    ]);
    expect(sectionOf('DESCRIPTION', content)).toEqual(['Sends a signal.', '.PP', 'Waits.']);
    expect(sectionOf('OPTIONS', content)).toEqual([
      ...['.TP', String.raw`\fB\-\-timeout\fR \fIDURATION\fR`, 'The grace period.'],
    ]);
    expect(sectionOf('EXAMPLES', content)).toEqual([
      ...['Wait for it', '.RS 4', '.nf', String.raw`wemixvisor stop \-\-timeout 0`, '.fi', '.RE'],
    ]);
  });

  it('leaves out what the command does not have', () => {
    expect(page({}).match(/(?<=^\.SH ).*/gm)).toEqual([
      ...['NAME', 'SYNOPSIS', 'EXIT STATUS', 'SEE ALSO'],
    ]);
  });

  const more = ['.PP', String.raw`\fBwemixvisor\fR(1) has all exit codes.`];

  it('lists exit codes, and what is said behind them in a paragraph', () => {
    const details = ['Exit code: 0 it stopped, 64 wrong. With --force: the code. Always.'];
    expect(sectionOf('EXIT STATUS', page({ details }))).toEqual([
      ...['.TP', String.raw`\fB0\fR`, 'It stopped.', '.TP', String.raw`\fB64\fR`, 'Wrong.'],
      ...['.PP', String.raw`With \-\-force: the code. Always.`, ...more],
    ]);
  });

  it('keeps a sentence on exit codes that is no list', () => {
    const details = ['Exit code: the code, or 64 when it is wrong.'];
    expect(sectionOf('EXIT STATUS', page({ details }))).toEqual([
      ...['The code, or 64 when it is wrong.', ...more],
    ]);
  });

  it('refers to the commands that it speaks of, and to the configuration where it takes one', () => {
    const details = ['Until the next `start`. Runs alone.'];
    const options = [{ name: '--config FILE', what: 'The configuration' }];
    expect(sectionOf('SEE ALSO', page({ details, options }))).toEqual([
      String.raw`\fBwemixvisor\fR(1), \fBwemixvisor\-start\fR(1), \fBwemixvisor\-config\fR(1)`,
    ]);
    const examples = [['Again', 'wemixvisor stop && wemixvisor run']] as const;
    expect(sectionOf('SEE ALSO', page({ examples }))).toEqual([
      String.raw`\fBwemixvisor\fR(1), \fBwemixvisor\-run\fR(1)`,
    ]);
  });
});

it('the page of the configuration says of each setting how it is given, its values, its default and when it counts', () => {
  const setting = {
    key: 'stop.timeout',
    option: '--stop-timeout',
    environment: ['APP_STOP_TIMEOUT', 'OLD'],
    help: 'The grace period',
    expected: 'a duration like 5m',
    standard: '5m',
    takesEffect: 'reload',
  } as const;
  const other = {
    ...setting,
    key: 'node.dir',
    option: null,
    standard: '',
    takesEffect: 'start',
  } as const;
  const content = contentOf('wemixvisor-config.1', { settings: [setting, other] });
  expect(sectionOf('SETTINGS', content)).toEqual([
    ...['.TP', String.raw`\fBstop.timeout\fR`, 'The grace period.'],
    ...['.br', 'Value: a duration like 5m (default 5m).'],
    ...['.br', String.raw`\-\-stop\-timeout, APP_STOP_TIMEOUT, OLD; applied by a reload.`],
    ...['.TP', String.raw`\fBnode.dir\fR`, 'The grace period.'],
    ...['.br', 'Value: a duration like 5m.'],
    ...['.br', 'APP_STOP_TIMEOUT, OLD; applied by the next start.'],
  ]);
});
