import { describe, expect, it } from 'vitest';
import {
  chosen,
  groupsOf,
  identifier,
  inQuotes,
  optionsWithValues,
  passingOn,
  placesOf,
} from './places.ts';
import type { DescribedCommand } from './program-description.ts';

const home = { names: ['--home'], description: 'The home', values: 'folders' } as const;
const follow = { names: ['-f', '--follow'], description: 'Follow' };
const commands: readonly DescribedCommand[] = [
  { name: 'logs', description: 'show the log', options: [home, follow] },
  { name: 'service', description: 'print', options: [home], argument: ['systemd', 'launchd'] },
  { name: 'config show', description: 'show', options: [home] },
  { name: 'config check', description: 'check', argument: 'files' },
  { name: 'open', description: 'open', argument: 'folders' },
  { name: 'help', description: 'explain', argument: 'commands' },
];
const place = (at: string, given: readonly DescribedCommand[] = commands) =>
  placesOf({ name: 'tool', commands: given }).find((each) => each.at === at);

describe('placesOf', () => {
  it('has a place for the program, each group and each command, once', () => {
    expect(placesOf({ name: 'tool', commands }).map(({ at }) => at)).toEqual([
      '',
      'config',
      'logs',
      'service',
      'config show',
      'config check',
      'open',
      'help',
    ]);
  });

  it('offers the first words of all commands behind the program, each once', () => {
    expect(place('')).toEqual({
      at: '',
      words: [
        { word: 'logs', description: 'show the log' },
        { word: 'service', description: 'print' },
        { word: 'config', description: 'commands: config …' },
        { word: 'open', description: 'open' },
        { word: 'help', description: 'explain' },
      ],
      paths: null,
      options: [],
    });
  });

  it('offers the other commands where an argument is one', () => {
    expect(place('help')?.words.map(({ word }) => word)).toEqual([
      'logs',
      'service',
      'config',
      'open',
    ]);
  });

  it('offers the second words behind a group', () => {
    expect(place('config')?.words).toEqual([
      { word: 'show', description: 'show' },
      { word: 'check', description: 'check' },
    ]);
  });

  it('offers options, words and paths behind a command', () => {
    expect(place('logs')).toEqual({
      at: 'logs',
      words: [],
      paths: null,
      options: [home, follow],
    });
    expect(place('service')?.words).toEqual([
      { word: 'systemd', description: '' },
      { word: 'launchd', description: '' },
    ]);
    expect(place('config check')?.paths).toBe('files');
    expect(place('open')?.paths).toBe('folders');
  });

  it('joins a command with the group of its name', () => {
    const given = [
      { name: 'alerts', description: 'show', options: [home], argument: ['all'] },
      { name: 'alerts test', description: 'try' },
    ];
    expect(place('', given)?.words).toEqual([{ word: 'alerts', description: 'show' }]);
    expect(place('alerts', given)).toEqual({
      at: 'alerts',
      words: [
        { word: 'test', description: 'try' },
        { word: 'all', description: '' },
      ],
      paths: null,
      options: [home],
    });
  });
});

describe('groupsOf', () => {
  it('names each group once, and those of three words too', () => {
    expect(groupsOf(commands)).toEqual(['config']);
    expect(groupsOf([{ name: 'remote branch add', description: '' }])).toEqual([
      'remote',
      'remote branch',
    ]);
  });
});

describe('passingOn', () => {
  it('has the commands whose arguments belong to another program', () => {
    const exec = { name: 'exec', description: '', passesOn: true };
    expect(passingOn([...commands, exec])).toEqual(['exec']);
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

describe('identifier', () => {
  it('makes a name of a function from any name of a program', () => {
    expect(identifier('apt-get.real')).toBe('apt_get_real');
  });
});
