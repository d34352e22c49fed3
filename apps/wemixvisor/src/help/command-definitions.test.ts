import { describe, expect, it } from 'vitest';
import { commandNames } from '../commands/command-names.ts';
import { definitionsOf } from './command-definitions.ts';

describe('definitionsOf', () => {
  it('has every command in the order of the help, each text on one line', async () => {
    const definitions = await definitionsOf(commandNames.toReversed());
    expect(definitions.map(({ name }) => name)).toEqual(commandNames);
    for (const { description, details, options, examples } of definitions) {
      const texts = [description, ...details, ...examples.flat()];
      for (const text of [...texts, ...options.map((option) => option.description)]) {
        expect(text).toMatch(/^\S.*\S$/);
        expect(text).not.toMatch(/\s{2}|\n|\$0/);
      }
    }
  });

  it('has what a command returns in a paragraph of its own', async () => {
    const definitions = await definitionsOf(commandNames);
    const paragraphs = definitions.flatMap(({ details }) => details);
    const codes = paragraphs.filter((text) => text.includes('Exit code:'));
    expect(codes.length).toBeGreaterThan(10);
    for (const text of codes)
      expect(text).toMatch(/^Exit code: [^:]+\.( With --foreground: [^:]+\.)?$/);
  });

  it('leaves the arguments of run to the node', async () => {
    const [run] = await definitionsOf(['run']);
    expect(run).toMatchObject({ usage: '[NODE-OPTIONS…]', passesOn: true, options: [] });
    expect((await definitionsOf(['start']))[0]?.passesOn).toBe(false);
  });

  it.each([
    ['start', '--home', '--home DIR', 'folders'],
    ['start', '--stop-timeout', '--stop-timeout DURATION', 'anything'],
    ['start', '--strict', '--strict[=BOOL]', null],
    ['start', '--foreground', '--foreground', null],
    ['logs', '-n,--lines,--tail', '-n, --lines, --tail N', 'anything'],
    ['logs', '-f,--follow', '-f, --follow', null],
    ['logs', '--level', '--level LEVEL', ['crit', 'error', 'warn', 'info', 'debug', 'trace']],
    ['logs', '--run', '--run N', 'anything'],
    ['logs', '--source', '--source node|supervisor|all', ['node', 'supervisor', 'all']],
    ['config check', '--config', '--config FILE', 'files'],
  ] as const)('knows how %s %s is typed, and its values', async (name, names, usage, values) => {
    const [command] = await definitionsOf([name]);
    expect(command?.options).toContainEqual(
      expect.objectContaining({ names: names.split(','), usage, values }),
    );
  });

  it.each([
    ['completion', '<bash|zsh|fish> [options]', ['bash', 'zsh', 'fish']],
    ['service', '[systemd|launchd] [options] [-- NODE-OPTIONS…]', ['systemd', 'launchd']],
    ['alerts', '[test] [options]', ['test']],
    ['config check', '[FILE] [options]', 'files'],
    ['start', '[options] [-- NODE-OPTIONS…]', null],
    ['restart', '[options] [-- NODE-OPTIONS…]', null],
    ['doctor', '[options] [-- NODE-OPTIONS…]', null],
    ['stop', '[options]', null],
  ] as const)(
    'knows the argument of %s, and where those of the node go',
    async (name, usage, argument) => {
      expect((await definitionsOf([name]))[0]).toMatchObject({ usage, argument });
    },
  );
});
