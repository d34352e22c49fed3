import { describe, expect, it } from 'vitest';
import { commandNames } from '../commands/command-names.ts';
import { helpFor } from './help.ts';

const firstLine = async (...words: readonly string[]) =>
  (await helpFor(words, 100))?.split('\n')[0];

describe('helpFor', () => {
  it.each([
    [['help', 'stop'], 'wemixvisor stop [options]'],
    [['stop', '--help'], 'wemixvisor stop [options]'],
    [['help', 'config', 'show'], 'wemixvisor config show [options]'],
    [['config', 'check', '-h'], 'wemixvisor config check [FILE] [options]'],
    [['alerts', '-h'], 'wemixvisor alerts [test] [options]'],
    [['config'], 'wemixvisor config COMMAND'],
    [['config', '--help'], 'wemixvisor config COMMAND'],
    [['help', 'config'], 'wemixvisor config COMMAND'],
  ])('answers %j', async (words, line) => {
    expect(await firstLine(...words)).toBe(line);
  });

  it.each([[[]], [['help']], [['-h']], [['--help', 'start']], [['help', 'help']]])(
    'shows the whole program for %j, with every command in order',
    async (words) => {
      const help = (await helpFor(words, 100)) ?? '';
      const listed = [...help.matchAll(/^ {2}wemixvisor (\w+(?: \w+)?) {2}/gm)];
      expect(listed.map(([, name]) => name)).toEqual(commandNames);
    },
  );

  it.each([
    [['strat', '-h']],
    [['config', 'shwo']],
    [['help', 'strat']],
    [['config', 'shwo', '-h']],
  ])('leaves %j to the error', async (words) => {
    expect(await helpFor(words, 100)).toBeUndefined();
  });
});
