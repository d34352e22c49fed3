import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { beginCommand } from './terminal.ts';

const has = (shell: string) => spawnSync(shell, ['-c', 'exit 0']).status === 0;

/** What a shell offers for a line that ends at the cursor. */
interface Asked {
  readonly script: string;
  readonly words: readonly string[];
  readonly cwd: string;
}

const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

/** bash parts words at `=` too before it calls a completion. */
function askBash({ script, words, cwd }: Asked): readonly string[] {
  const parted = words
    .flatMap((word) => word.split(/(=)/))
    .filter((word, at) => word !== '' || at > 0);
  const setting = `COMP_WORDS=(${parted.map(quote).join(' ')}); COMP_CWORD=${parted.length - 1}`;
  const line = `source ${quote(script)}; ${setting}; _wemixvisor; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return linesOf(execFileSync('bash', ['--norc', '-c', line], { cwd, encoding: 'utf8' }));
}

/** The completion system of zsh works in its line editor only, so its building blocks print what they are given. */
function askZsh({ script, words, cwd }: Asked): readonly string[] {
  const stubs = `
    _describe() { local name=$argv[-1]; print -l -- \${(P)name%%:*} }
    compadd() { print -l -- $argv[2,-1] }
    _files() { if [[ $1 == -/ ]]; then print -l -- *(N/); else print -l -- *(N) ; fi }
    _message() { : }
    compset() { PREFIX=\${PREFIX#*=} }`;
  const current = words.at(-1) ?? '';
  const line = `${stubs}
    source ${quote(script)}
    words=(${words.map(quote).join(' ')}); CURRENT=${words.length}; PREFIX=${quote(current)}
    _wemixvisor`;
  const offered = linesOf(execFileSync('zsh', ['-f', '-c', line], { cwd, encoding: 'utf8' }));
  const typed = current.slice(current.indexOf('=') + 1);
  return offered.filter((word) => word.startsWith(typed));
}

function askFish({ script, words, cwd }: Asked): readonly string[] {
  const line = `source ${quote(script)}; complete -C${quote(words.join(' '))}`;
  const env = { PATH: process.env['PATH'], HOME: cwd };
  const said = execFileSync('fish', ['--no-config', '-c', line], { cwd, encoding: 'utf8', env });
  const offered = linesOf(said).map((entry) => entry.split('\t')[0] ?? '');
  return offered.map((word) => word.replace(/^--[a-z-]+=/, '').replace(/\/$/, ''));
}

const shells = [
  { shell: 'bash', ask: askBash },
  { shell: 'zsh', ask: askZsh },
  { shell: 'fish', ask: askFish },
] as const;

describe.each(shells)('the completion of $shell', ({ shell, ask }) => {
  async function offers(...words: readonly string[]): Promise<readonly string[]> {
    await using folder = await temporaryDirectory();
    const { code, stdout } = await beginCommand(['completion', shell]).done;
    expect(code).toBe(0);
    const script = join(folder.path, 'script');
    writeFileSync(script, stdout);
    const cwd = join(folder.path, 'work');
    mkdirSync(join(cwd, 'data folder'), { recursive: true });
    writeFileSync(join(cwd, 'geth'), '');
    return ask({ script, words: ['wemixvisor', ...words], cwd });
  }

  // A shell that is not on this machine cannot be asked.
  describe.skipIf(!has(shell))(`where ${shell} is installed`, () => {
    it('offers the commands', async () => {
      expect(await offers('st')).toEqual(expect.arrayContaining(['start', 'status', 'stop']));
      expect(await offers('conf')).toEqual(['config']);
      expect((await offers('config', '')).toSorted()).toEqual(['check', 'init', 'show']);
      expect(await offers('help', 'det')).toEqual(['detach']);
    });

    it('offers the options of the command', async () => {
      expect(await offers('start', '--max-r')).toEqual(['--max-restarts']);
      expect(await offers('config', 'show', '--ori')).toEqual(['--origin']);
      expect(await offers('status', '--max-r')).toEqual([]);
    });

    it('offers the words that an option or a command takes', async () => {
      const levels = ['debug', 'error', 'info', 'warn'];
      expect((await offers('start', '--log-level', '')).toSorted()).toEqual(levels);
      expect(await offers('start', '--log-level=d')).toEqual(['debug']);
      expect((await offers('completion', '')).toSorted()).toEqual(['bash', 'fish', 'zsh']);
      expect(await offers('service', 'l')).toEqual(['launchd']);
    });

    it('offers folders, files, or nothing for a value that nobody can guess', async () => {
      const folder = (await offers('start', '--home', '')).map((word) => word.replaceAll('\\', ''));
      expect(folder).toEqual(['data folder']);
      expect(await offers('start', '--binary', 'g')).toEqual(['geth']);
      expect(await offers('config', 'check', 'g')).toEqual(['geth']);
      expect(await offers('start', '--stop-timeout', '')).toEqual([]);
    });

    it('offers the options of the node, what they take, and files behind -- and run', async () => {
      expect(await offers('start', '--', 'g')).toEqual(['geth']);
      expect(await offers('run', 'g')).toEqual(['geth']);
      expect(await offers('start', '--', '--max-r')).not.toContain('--max-restarts');
      const http = await offers('start', '--http', '--', '--http');
      expect(http).toEqual(expect.arrayContaining(['--http', '--http.port', '--http.api']));
      expect(await offers('start', '--', '--syncm')).toEqual(['--syncmode']);
      expect(await offers('run', '--syncm')).toEqual(['--syncmode']);
      const modes = await offers('restart', '--', '--http', '--syncmode', '');
      expect(modes.toSorted()).toEqual(['full', 'snap']);
      expect(await offers('run', '--gcmode=a')).toEqual(['archive']);
      expect(await offers('start', '--', '--gcmode=a')).toEqual(['archive']);
      expect(await offers('start', '--', '--datadir', 'd')).toHaveLength(1);
    });
  });
});

describe.skipIf(!has('zsh'))('the completion of zsh', () => {
  it('registers itself with the completion system', async () => {
    await using folder = await temporaryDirectory();
    const { stdout } = await beginCommand(['completion', 'zsh']).done;
    const file = join(folder.path, '_wemixvisor');
    writeFileSync(file, stdout);
    const load = `fpath=(${quote(folder.path)} $fpath); autoload -Uz compinit; compinit -u -D; print $_comps[wemixvisor]`;
    expect(execFileSync('zsh', ['-f', '-c', load], { encoding: 'utf8' })).toBe('_wemixvisor\n');
  });
});

describe('completion', () => {
  it('names the shells that it knows', async () => {
    const { code, stderr } = await beginCommand(['completion', 'tcsh']).done;
    expect(stderr).toBe(
      'wemixvisor: there is no completion for "tcsh": must be bash, zsh or fish\n',
    );
    expect(code).toBe(64);
  });
});
