import { readFileSync } from 'node:fs';
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
      const listed = [...help.matchAll(/^ {2}(\w+(?: \w+)?) {2}/gm)];
      expect(listed.map(([, name]) => name)).toEqual(commandNames);
    },
  );

  it('has a line for each command and each option, 80 columns wide', async () => {
    const lines = ((await helpFor([], 80)) ?? '').split('\n');
    expect(lines.filter((line) => line.length > 80 || /^ {8}/.test(line))).toEqual([]);
    // Of these two the text is still long.
    for (const name of commandNames.filter((each) => !['status', 'service'].includes(each))) {
      const help = (await helpFor(name.split(' '), 80)) ?? '';
      const [, options = ''] = /^Options:\n([\s\S]*?)^Examples:/m.exec(help) ?? [];
      expect(options.split('\n').filter((line) => /^ {8}/.test(line))).toEqual([]);
    }
  });

  it('leads to every command that the user guide types', async () => {
    const guide = readFileSync(new URL('../../../../docs/user-guide.md', import.meta.url), 'utf8');
    const shell = [...guide.matchAll(/^```sh.*\n([\s\S]*?)^```/gm)]
      .map(([, code]) => code)
      .join('');
    const typed = [...shell.matchAll(/(?:^|&& )wemixvisor ([a-z]+(?: (?:show|check|init)\b)?)/gm)];
    const words = [...new Set(typed.map(([, name = '']) => name))];
    expect(words.length).toBeGreaterThan(10);
    const listed = (await helpFor([], 100)) ?? '';
    for (const name of words) expect(listed).toMatch(new RegExp(`^ {2}${name} {2}`, 'm'));
  });

  it('has options under headings, the own ones of the command first', async () => {
    const help = (await helpFor(['start'], 80)) ?? '';
    const headings = [...help.matchAll(/^(\w+):$/gm)].map(([, heading]) => heading);
    const all = ['Options', 'Restarts', 'Stop', 'Health', 'Log', 'Common', 'Examples'];
    expect(headings).toEqual(all);
    expect(help).toMatch(/^Options:\n {2}--foreground /m);
    expect(help).toContain('(default 100 MiB)');
    expect(help).toMatch(/^Common:\n {2}--home DIR .*\n {2}--config FILE .*\n {2}-h, --help /m);
  });

  it.each([
    [['strat', '-h']],
    [['config', 'shwo']],
    [['help', 'strat']],
    [['config', 'shwo', '-h']],
  ])('leaves %j to the error', async (words) => {
    expect(await helpFor(words, 100)).toBeUndefined();
  });
});
