import { describe, expect, it } from 'vitest';
import { renderBashCompletion } from './bash.ts';
import type { CompletedCommand } from './completion-model.ts';
import { renderFishCompletion } from './fish.ts';
import { renderZshCompletion } from './zsh.ts';

const home = { names: ['--home'], description: 'The home', values: 'folders' } as const;
const level = { names: ['-l', '--level'], description: "The node's", values: ['warn', 'info'] };
const grep = { names: ['--grep'], description: 'Lines', values: 'anything' } as const;
const config = { names: ['--config'], description: 'The file', values: 'files' } as const;
const json = { names: ['--json'], description: 'As JSON', values: null };
const commands: readonly CompletedCommand[] = [
  { name: 'logs', description: 'show', options: [home, level, grep, config, json], words: null },
  { name: 'config check', description: 'check', options: [], words: 'files' },
  { name: 'service', description: 'print', options: [], words: ['systemd', 'launchd'] },
];
const has = (script: string, ...lines: readonly string[]) => {
  const all = script.split('\n').map((line) => line.trim());
  for (const line of lines) expect(all).toContain(line);
};

describe('renderBashCompletion', () => {
  it('answers options by their values and places by their words', () => {
    has(
      renderBashCompletion(commands),
      '--home) _wemixvisor_files -d; return ;;',
      "-l|--level) _wemixvisor_words 'warn info'; return ;;",
      '--grep) :; return ;;',
      '--config) _wemixvisor_files -f; return ;;',
      'config) at="$at $word" ;;',
      "'') words='logs service config help' ;;",
      "'config') words='check' ;;",
      "'logs') options='--home -l --level --grep --config --json' ;;",
      "'config check') files=yes ;;",
      "'service') words='systemd launchd' ;;",
    );
  });
});

describe('renderZshCompletion', () => {
  it('answers options by their values and places by their words', () => {
    has(
      renderZshCompletion(commands),
      '(--home) _files -/; return ;;',
      '(-l|--level) compadd -- warn info; return ;;',
      '(--grep) _message value; return ;;',
      '(--config) _files; return ;;',
      '(config) at="$at $word" ;;',
      "('') found=('logs:show' 'service:print' 'config:commands: config …' 'help:explain a command') ;;",
      String.raw`('logs') options=('--home:The home' '-l:The node'\''s' '--level:The node'\''s' '--grep:Lines' '--config:The file' '--json:As JSON') ;;`,
      "('config check') files=yes ;;",
      "('service') found=('systemd' 'launchd') ;;",
    );
  });
});

describe('renderFishCompletion', () => {
  it('answers options by their values and places by their words', () => {
    const at = (place: string) => `complete -c wemixvisor -n '__wemixvisor_is "${place}"'`;
    has(
      renderFishCompletion(commands),
      'case config',
      `${at('')} -a 'logs' -d 'show'`,
      `${at('config')} -a 'check' -d 'check'`,
      `${at('logs')} -l home -x -a '(__fish_complete_directories)' -d 'The home'`,
      String.raw`${at('logs')} -s l -l level -x -a 'warn info' -d 'The node\'s'`,
      `${at('logs')} -l grep -x -d 'Lines'`,
      `${at('logs')} -l config -r -F -d 'The file'`,
      `${at('logs')} -l json -d 'As JSON'`,
      `${at('config check')} -F`,
      `${at('service')} -a 'launchd' -d ''`,
    );
  });
});
