import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiledCode, fakeGeth, freePort, temporaryDirectory } from '@wemixvisor/testkit';
import { stepsOf, type Snippet } from './snippets.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Starts what a block printed, with the line of the block. */
const mark = '\u001E';

/** What became of the blocks of a page. */
export interface Session {
  readonly code: number | null;
  /** All that was printed. */
  readonly said: string;
  /** What the block at a line printed. */
  saidBy(line: number): string;
  readonly home: string;
}

/**
 * Carries out the blocks of a page in one shell session, in a home of its own: `wemixvisor` is the built program,
 * `geth` the stand-in for it, and what is still supervised at the end is stopped.
 *
 * - `sh` is run line by line; `toml` has to pass `wemixvisor config check`, and `toml config` is put in place as the
 *   home's config.toml; `js` is run, and finds the packages.
 * - The session ends at the first command with another exit code than it promises.
 */
export async function runPage(snippets: readonly Snippet[], timeoutMs: number): Promise<Session> {
  await using folder = await temporaryDirectory('wv-docs-');
  const home = folder.path;
  prepare(home);
  const script = join(home, '.page', 'script');
  const steps = snippets.flatMap((snippet) => [
    `printf '${mark}${snippet.line}\\n'`,
    ...commandsOf(snippet, home),
  ]);
  writeFileSync(script, [prologue, ...steps, ''].join('\n'));
  const file = join(home, '.page', 'said');
  const log = openSync(file, 'a', 0o600);
  const env = await environment(home);
  // A file and not a pipe: what a page leaves in the background would keep a pipe open.
  const stdio = ['ignore', log, log] as const;
  const shell = spawn('bash', [script], { cwd: home, env, stdio: [...stdio], timeout: timeoutMs });
  const [code] = (await once(shell, 'exit')) as [number | null];
  await stopAll(home, env);
  const said = readFileSync(file, 'utf8');
  return { code, said, home, saidBy: (line) => blockAt(said, line) };
}

const prologue = `promised() {
  [ "$1" = "$3" ] || { printf 'line %s: exit code %s instead of %s\\n' "$2" "$1" "$3"; exit 1; }
}`;

function commandsOf(snippet: Snippet, home: string): readonly string[] {
  const { language, note, line, code } = snippet;
  if (language === 'sh') {
    return stepsOf(snippet).map(
      (step) => `${step.command}\npromised $? ${step.line} ${step.exits}`,
    );
  }
  const file = join(home, '.page', language === 'js' ? `${line}.mjs` : `${line}.${language}`);
  writeFileSync(file, code, { mode: 0o600 });
  const run = language === 'js' ? `node ${file}` : `wemixvisor config check ${file}`;
  const place = note === 'config' ? [`cp ${file} "$HOME/.wemixvisor/config.toml"`] : [];
  return [run, `promised $? ${line} 0`, ...place];
}

function blockAt(said: string, line: number): string {
  const block = said.split(mark).find((part) => part.startsWith(`${line}\n`)) ?? '';
  return block.slice(block.indexOf('\n') + 1);
}

function prepare(home: string): void {
  for (const folder of ['.page', 'bin', 'node_modules', '.wemixvisor']) {
    mkdirSync(join(home, folder), { mode: 0o700 });
  }
  symlinkSync(join(root, 'packages'), join(home, 'node_modules/@wemixvisor'));
  program(home, 'wemixvisor', `exec node '${root}apps/wemixvisor/dist/main.cjs' "$@"`);
  // geth takes its port from a variable too (GETH_HTTP_PORT); the stand-in takes it from an option only.
  const port = '${GETH_HTTP_PORT:+--http.port=$GETH_HTTP_PORT}';
  for (const name of ['geth', 'gwemix']) program(home, name, `exec '${fakeGeth}' ${port} "$@"`);
}

function program(home: string, name: string, text: string): void {
  writeFileSync(join(home, 'bin', name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
}

/** Ports that nobody has: a node may run on this machine. */
async function environment(home: string): Promise<Record<string, string>> {
  const [http, p2p, authenticated] = [await freePort(), await freePort(), await freePort()];
  return {
    HOME: home,
    XDG_CACHE_HOME: compiledCode,
    PATH: [join(home, 'bin'), dirname(process.execPath), '/usr/bin', '/bin'].join(':'),
    TMPDIR: join(home, '.page'),
    GETH_HTTP_PORT: `${http}`,
    GETH_PORT: `${p2p}`,
    GETH_AUTHRPC_PORT: `${authenticated}`,
    WEMIXVISOR_ALLOW_ROOT: 'true',
  };
}

/** Stops the node of every home in a folder. */
async function stopAll(folder: string, env: Record<string, string>): Promise<void> {
  for (const name of readdirSync(folder)) {
    const home = join(folder, name);
    if (!existsSync(join(home, 'run/state.json'))) continue;
    const stop = ['stop', '--force', '--home', home];
    await once(spawn(join(folder, 'bin/wemixvisor'), stop, { env, stdio: 'ignore' }), 'exit');
  }
}
