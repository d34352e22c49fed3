import { describe, expect, it } from 'vitest';
import { commandNames } from '../commands/command-names.ts';
import { completionModel } from './completion-model.ts';

describe('completionModel', () => {
  it('has every command in the order of the help, with its description on one line', async () => {
    const model = await completionModel();
    expect(model.map(({ name }) => name)).toEqual(commandNames);
    for (const { description, options } of model) {
      for (const text of [description, ...options.map((option) => option.description)]) {
        expect(text).toMatch(/^\S.*\S$/);
        expect(text).not.toMatch(/\s{2}|\n/);
      }
    }
  });

  it.each([
    ['start', '--home', 'folders'],
    ['start', '--binary', 'files'],
    ['start', '--restart', ['on-failure', 'always', 'never']],
    ['start', '--health-restart', ['on', 'off', 'dry-run']],
    ['start', '--stop-timeout', 'anything'],
    ['start', '--strict', null],
    ['start', '--foreground', null],
    ['logs', '--level', ['crit', 'error', 'warn', 'info', 'debug', 'trace']],
    ['logs', '--grep', 'anything'],
    ['config check', '--config', 'files'],
  ])('knows the values of %s %s', async (name, option, values) => {
    const command = (await completionModel()).find((known) => known.name === name);
    const found = command?.options.find(({ names }) => names.includes(option));
    expect(found).toMatchObject({ names: [option], values });
  });

  it('keeps the short and the long name of an option together', async () => {
    const logs = (await completionModel()).find(({ name }) => name === 'logs');
    expect(logs?.options.map(({ names }) => names)).toContainEqual(['-f', '--follow']);
  });

  it.each([
    ['completion', ['bash', 'zsh', 'fish']],
    ['service', ['systemd', 'launchd']],
    ['alerts', ['test']],
    ['config check', 'files'],
    ['start', null],
  ])('knows the argument of %s', async (name, words) => {
    expect((await completionModel()).find((known) => known.name === name)?.words).toEqual(words);
  });
});
