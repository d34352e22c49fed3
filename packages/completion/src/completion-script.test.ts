import { describe, expect, it } from 'vitest';
import { completionScript } from './completion-script.ts';
import type { DescribedCommand } from './program-description.ts';

const home = { names: ['--home'], description: 'The home', values: 'folders' } as const;
const level = { names: ['-l', '--level'], description: "The node's", values: ['warn', 'info'] };
const grep = { names: ['--grep'], description: 'Lines', values: 'anything' } as const;
const config = { names: ['-config'], description: 'The file', values: 'files' } as const;
const json = { names: ['--json'], description: 'As JSON' };
const commands: readonly DescribedCommand[] = [
  { name: 'logs', description: 'show', options: [home, level, grep, config, json] },
  { name: 'config check', description: 'check', argument: 'files' },
  { name: 'config open', description: 'open', argument: 'folders' },
  { name: 'service', description: 'print', argument: ['systemd', 'launchd'] },
  { name: 'exec', description: 'run', passesOn: true },
];
const passedOptions = [
  { names: ['--mode'], description: "The chain's", values: ['full', 'snap'] },
  { names: ['--data.dir'], description: 'The data', values: 'files' },
  { names: ['--port'], description: 'The port', values: 'anything' },
  { names: ['--name'], description: 'The name', values: 'anything' },
  { names: ['--http'], description: 'Serve' },
] as const;
const linesOf = (shell: 'bash' | 'zsh' | 'fish') =>
  completionScript(shell, { name: 'my-tool', commands, passedOptions })
    .split('\n')
    .map((line) => line.trim());

describe('completionScript', () => {
  it('answers options by their values and places by their words in bash', () => {
    expect(linesOf('bash')).toEqual(
      expect.arrayContaining([
        '--home) _my_tool_files -d; return ;;',
        "-l|--level) _my_tool_words 'warn info'; return ;;",
        '--grep) :; return ;;',
        '-config) _my_tool_files -f; return ;;',
        `'config') at="$at $word" ;;`,
        "'') words='logs config service exec' ;;",
        "'config') words='check open' ;;",
        "'logs') options='--home -l --level --grep -config --json' ;;",
        "'config check') paths=-f ;;",
        "'config open') paths=-d ;;",
        "'service') words='systemd launchd' ;;",
        "if [[ -n $passed || $at == 'exec' ]]; then",
        "--mode) _my_tool_words 'full snap'; return ;;",
        '--data.dir) _my_tool_files -f; return ;;',
        '--port|--name) :; return ;;',
        "if [[ $cur == -* ]]; then _my_tool_words '--mode --data.dir --port --name --http'; return; fi",
        'complete -o filenames -F _my_tool my-tool',
      ]),
    );
  });

  it('answers options by their values and places by their words in zsh', () => {
    expect(linesOf('zsh')).toEqual(
      expect.arrayContaining([
        '#compdef my-tool',
        '(--home) _files -/; return ;;',
        '(-l|--level) compadd -- warn info; return ;;',
        '(--grep) _message value; return ;;',
        '(-config) _files; return ;;',
        `('config') at="$at $word" ;;`,
        "('') found=('logs:show' 'config:commands: config …' 'service:print' 'exec:run') ;;",
        String.raw`('logs') options=('--home:The home' '-l:The node'\''s' '--level:The node'\''s' '--grep:Lines' '-config:The file' '--json:As JSON') ;;`,
        "('config check') paths=files ;;",
        "('config open') paths=folders ;;",
        "('service') found=('systemd' 'launchd') ;;",
        "if [[ -n $passed || $at == 'exec' ]]; then",
        '(--mode) compadd -- full snap; return ;;',
        '(--data.dir) _files; return ;;',
        '(--port|--name) _message value; return ;;',
        String.raw`options=('--mode:The chain'\''s' '--data.dir:The data' '--port:The port' '--name:The name' '--http:Serve')`,
        'compdef _my_tool my-tool',
      ]),
    );
  });

  it('answers options by their values and places by their words in fish', () => {
    const at = (place: string) => `complete -c my-tool -n '__my_tool_is "${place}"'`;
    expect(linesOf('fish')).toEqual(
      expect.arrayContaining([
        "case 'config'",
        `${at('')} -a 'logs' -d 'show'`,
        `${at('config')} -a 'check' -d 'check'`,
        `${at('logs')} -l home -x -a '(__fish_complete_directories)' -d 'The home'`,
        String.raw`${at('logs')} -s l -l level -x -a 'warn info' -d 'The node\'s'`,
        `${at('logs')} -l grep -x -d 'Lines'`,
        `${at('logs')} -o config -r -F -d 'The file'`,
        `${at('logs')} -l json -d 'As JSON'`,
        `${at('config check')} -F`,
        `${at('config open')} -a '(__fish_complete_directories)'`,
        `${at('service')} -a 'launchd' -d ''`,
        `if test -n "$passed" || test "$at" = 'exec'`,
        `complete -c my-tool -n '__my_tool_is "*"; and not __my_tool_values > /dev/null' -F`,
        `${at('*')} -a '(__my_tool_passed)'`,
        "case '--mode'",
        String.raw`printf '%s\n' $start'full' $start'snap'`,
        "case '--port' '--name'",
        `echo '--http\tServe'`,
        String.raw`echo '--mode	The chain\'s'`,
      ]),
    );
  });

  it.each([
    { name: 'a;b', commands },
    { name: '', commands },
    { name: 'tool', commands, passedOptions: [{ names: ['--a;b'], description: '' }] },
    { name: 'tool', commands: [{ name: '$(id)', description: '' }] },
    { name: 'tool', commands: [{ name: 'a  b', description: '' }] },
    { name: 'tool', commands: [{ name: 'a', description: '', argument: ['`id`'] }] },
    {
      name: 'tool',
      commands: [{ name: 'a', description: '', options: [{ names: ["-'"], description: '' }] }],
    },
    {
      name: 'tool',
      commands: [
        {
          name: 'a',
          description: '',
          options: [{ names: ['-o'], description: '', values: ['b c'] }],
        },
      ],
    },
  ])('refuses what a shell would read in another way (%#)', (program) => {
    expect(() => completionScript('bash', program)).toThrow(RangeError);
  });
});
