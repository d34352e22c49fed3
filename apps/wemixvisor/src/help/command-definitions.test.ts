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

  it('knows that an option behind run is one of the node', async () => {
    expect((await definitionsOf(['run']))[0]?.options).toEqual([]);
  });

  it.each([
    ['start', '--home', 'DIR'],
    ['start', '--stop-timeout', 'DURATION'],
    ['start', '--strict', null],
    ['start', '--foreground', null],
    ['logs', '--level', 'LEVEL'],
    ['logs', '--run', 'N'],
    ['logs', '--source', 'node|supervisor|all'],
    ['config check', '--config', 'FILE'],
  ] as const)('knows the placeholder of %s %s', async (name, option, placeholder) => {
    const [command] = await definitionsOf([name]);
    expect(command?.options).toContainEqual(
      expect.objectContaining({ names: [option], placeholder }),
    );
  });

  it.each([
    ['completion', '<bash|zsh|fish>'],
    ['service', '[systemd|launchd]'],
    ['alerts', '[test]'],
    ['config check', '[FILE]'],
    ['start', ''],
  ] as const)('knows the argument of %s', async (name, argument) => {
    expect((await definitionsOf([name]))[0]?.argument).toBe(argument);
  });
});
