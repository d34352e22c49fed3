import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCommandLine } from './parse-command-line.ts';

describe('parseCommandLine', () => {
  it('tells the command, its own words and the arguments of the node apart', () => {
    expect(parseCommandLine(['start', '--home', '/h', '--no-wait', '--', '--http', '--'])).toEqual({
      own: ['start', '--home', '/h', '--no-wait'],
      node: ['--http', '--'],
      separated: true,
      command: 'start',
      words: ['start', '--home', '/h', '--no-wait'],
      home: '/h',
      json: false,
      help: false,
      simple: false,
    });
  });

  it('gives every word after run to the node', () => {
    expect(parseCommandLine(['run', '-h', '--home', '/h', '--', 'x'])).toMatchObject({
      own: ['run'],
      node: ['-h', '--home', '/h', '--', 'x'],
      separated: true,
      command: 'run',
      home: undefined,
      help: false,
    });
    expect(parseCommandLine(['help', 'run'])).toMatchObject({ own: ['help', 'run'], node: [] });
    expect(parseCommandLine(['run', '--help'])).toMatchObject({ node: [], help: true });
    expect(parseCommandLine(['run', '-h'])).toMatchObject({ node: [], help: true });
    expect(parseCommandLine(['run', '--', '--help'])).toMatchObject({ node: ['--', '--help'] });
  });

  it('passes the arguments of the node on byte for byte', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string().filter((word) => word !== '--' && word !== 'run')),
        fc.array(fc.string()),
        (own, node) => {
          const line = parseCommandLine([...own, '--', ...node]);
          expect({ own: line.own, node: line.node }).toEqual({ own, node });
        },
      ),
    );
  });

  it.each([
    [['config', 'show', '--json'], 'config show'],
    [['config'], undefined],
    [['stop', 'now'], 'stop'],
    [['strat'], undefined],
    [['toString'], undefined],
    [['supervise'], undefined],
    [['--', 'start'], undefined],
    [[], undefined],
  ])('finds the command of %j', (argv, command) => {
    expect(parseCommandLine(argv).command).toBe(command);
  });

  it.each(['-v', '--version'])('takes %s for the command version', (alias) => {
    const { own, words, command } = parseCommandLine([alias, '--json']);
    expect({ own, words, command }).toEqual({
      own: [alias, '--json'],
      words: ['version', '--json'],
      command: 'version',
    });
    expect(parseCommandLine(['logs', '-v']).command).toBe('logs');
  });

  it('finds the home among options that it does not know', () => {
    const homeOf = (...options: string[]) => parseCommandLine(['start', ...options]).home;
    expect(homeOf('--stop-timeout', '5m', '--home=/there')).toBe('/there');
    expect(homeOf('--home', '/one', '--home', '/two')).toBe('/two');
    expect(homeOf('--home')).toBeUndefined();
    expect(homeOf()).toBeUndefined();
  });

  it('sees a wish for help among the own words only', () => {
    expect(parseCommandLine(['start', '-h']).help).toBe(true);
    expect(parseCommandLine(['--help']).help).toBe(true);
    expect(parseCommandLine(['start', '--', '--help', '-h']).help).toBe(false);
  });

  it('joins a negative number to the option before it', () => {
    const wordsOf = (...argv: string[]) => parseCommandLine(argv).words;
    expect(wordsOf('logs', '--run', '-1', '-f')).toEqual(['logs', '--run=-1', '-f']);
    expect(wordsOf('logs', '-n', '-1')).toEqual(['logs', '-n', '-1']);
    expect(wordsOf('logs', '--run', '-1x', '--run=0', '-1')).toEqual([
      'logs',
      '--run',
      '-1x',
      '--run=0',
      '-1',
    ]);
  });

  it('takes a number behind a letter apart, as other programs do', () => {
    const wordsOf = (...argv: string[]) => parseCommandLine(argv).words;
    expect(wordsOf('logs', '-n5')).toEqual(['logs', '-n', '5']);
    expect(wordsOf('logs', '-fn20', '--grep', 'x')).toEqual([
      'logs',
      '-f',
      '-n',
      '20',
      '--grep',
      'x',
    ]);
    expect(parseCommandLine(['start', '--', '-n5']).node).toEqual(['-n5']);
    expect(parseCommandLine(['run', '-n5']).node).toEqual(['-n5']);
  });

  it('gives an option its true or false', () => {
    const wordsOf = (...argv: string[]) => parseCommandLine(argv).words;
    expect(wordsOf('start', '--auto-restart', 'false', '--strict')).toEqual([
      'start',
      '--auto-restart=false',
      '--strict',
    ]);
    expect(wordsOf('start', 'false', '-f', 'true')).toEqual(['start', 'false', '-f', 'true']);
  });

  it.each([
    [['status']],
    [['status', '--json', '--home', '/h']],
    [['status', '--home=-odd']],
    [['status', '--home=', '--json']],
    [['status', '--home', '-']],
    [['supervise', '--home', '/h']],
  ])('calls %j simple', (argv) => {
    expect(parseCommandLine(argv).simple).toBe(true);
  });

  it.each([
    [['status', '--jsn']],
    [['status', '--watch']],
    [['status', '-h']],
    [['status', 'now']],
    [['status', '--home']],
    [['status', '--home', '-odd']],
    [['status', '--json=1']],
    [['status', '--no-json']],
    [['version', '--', 'x']],
    [['version', '--']],
  ])('leaves %j to the parser of the options', (argv) => {
    expect(parseCommandLine(argv).simple).toBe(false);
  });
});
