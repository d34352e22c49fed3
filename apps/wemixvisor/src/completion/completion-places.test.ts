import { describe, expect, it } from 'vitest';
import type { CompletedCommand } from './completion-model.ts';
import {
  chosen,
  completionPlaces,
  groupsOf,
  inQuotes,
  optionsWithValues,
} from './completion-places.ts';

const home = { names: ['--home'], description: 'The home', values: 'folders' } as const;
const follow = { names: ['-f', '--follow'], description: 'Follow', values: null };
const commands: readonly CompletedCommand[] = [
  { name: 'logs', description: 'show the log', options: [home, follow], words: null },
  { name: 'service', description: 'print', options: [home], words: ['systemd', 'launchd'] },
  { name: 'config show', description: 'show', options: [home], words: null },
  { name: 'config check', description: 'check', options: [], words: 'files' },
];

describe('completionPlaces', () => {
  it('has a place for the program, for help, for each group and each command', () => {
    const top = [
      { word: 'logs', description: 'show the log' },
      { word: 'service', description: 'print' },
      { word: 'config', description: 'commands: config …' },
    ];
    expect(completionPlaces(commands)).toEqual([
      {
        at: '',
        words: [...top, { word: 'help', description: 'explain a command' }],
        files: false,
        options: [],
      },
      { at: 'help', words: top, files: false, options: [] },
      {
        at: 'config',
        words: [
          { word: 'show', description: 'show' },
          { word: 'check', description: 'check' },
        ],
        files: false,
        options: [],
      },
      { at: 'logs', words: [], files: false, options: [home, follow] },
      {
        at: 'service',
        words: [
          { word: 'systemd', description: '' },
          { word: 'launchd', description: '' },
        ],
        files: false,
        options: [home],
      },
      { at: 'config show', words: [], files: false, options: [home] },
      { at: 'config check', words: [], files: true, options: [] },
    ]);
  });

  it('names each group once', () => {
    expect(groupsOf(commands)).toEqual(['config']);
  });
});

describe('optionsWithValues', () => {
  it('has each option that takes a value once', () => {
    expect(optionsWithValues(commands)).toEqual([{ names: ['--home'], values: 'folders' }]);
  });
});

describe('chosen', () => {
  it('gives words to choose from, and none for anything else', () => {
    expect(chosen(['a', 'b'])).toEqual(['a', 'b']);
    for (const values of ['files', 'folders', 'anything', null] as const) {
      expect(chosen(values)).toEqual([]);
    }
  });
});

describe('inQuotes', () => {
  it('escapes a single quote', () => {
    expect(inQuotes("the node's $HOME")).toBe(String.raw`'the node'\''s $HOME'`);
  });
});
