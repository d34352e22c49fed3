import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

const app = fileURLToPath(new URL('../../apps/wemixvisor/', import.meta.url));
const folder = join(app, 'dist/man');
const files = readdirSync(join(folder, 'man1')).sort();
const sourceOf = (file: string) => readFileSync(join(folder, 'man1', file), 'utf8');
/** Those that are no link to another one. */
const pages = files.filter((file) => !sourceOf(file).startsWith('.so '));

/** What the program takes to show a help, in one process: a start of it for each command would take seconds. */
const { runCommandLine } = (await import(
  pathToFileURL(join(app, 'src/run-command-line.ts')).href
)) as { readonly runCommandLine: (line: object, context: object) => Promise<number> };

/** A help on a terminal that is wide enough for every line. */
async function helpOf(...words: readonly string[]): Promise<string> {
  let shown = '';
  const stdout = { write: (text: string) => (shown += text) };
  const line = { command: words.join(' ') || undefined, help: true, words: [...words, '--help'] };
  expect(await runCommandLine(line, { stdout, columns: 10_000 })).toBe(0);
  return shown;
}

/** What the help lists, as in `  stop    stop the node cleanly`. */
const commands = [...(await helpOf()).matchAll(/^ {2}(\S+(?: \S+)?) {2}/gm)].map(
  ([, name = '']) => name,
);

const characters: Readonly<Record<string, string>> = {
  aq: "'",
  dq: '"',
  ga: '`',
  ha: '^',
  ti: '~',
  rs: '\\',
};

/** A page as it is read: without fonts and escapes, and each example in one line. */
const readable = (roff: string) =>
  roff
    .replaceAll(/\\f[BIR]/g, '')
    .replaceAll(/\\&/g, '')
    .replaceAll(/\\-/g, '-')
    .replaceAll(/\\\((\w\w)/g, (_, name: string) => characters[name] ?? '?')
    .replaceAll(' \\\n    ', ' ');

/** A help as it is read: what stands between backticks has a font of its own in the manual. */
const read = (text: string) => text.replaceAll('`', '').replaceAll('…', '...').trim();

function partsOf(help: string) {
  const [top = '', ...more] = help.split(/^(?=[A-Z]\w+:$)/m);
  const parts = more.map((part) => part.split('\n'));
  const [usage = '', , ...details] = top.trim().split('\n\n').map(read);
  return {
    usage,
    details,
    options: parts
      .filter(([title]) => title !== 'Examples:')
      .flatMap(([, ...lines]) => lines.filter((line) => line !== ''))
      .map((line) => read(line).split(/ {2,}/)),
    examples: parts
      .filter(([title]) => title === 'Examples:')
      .flatMap(([, ...lines]) => lines.flatMap((line) => /^ {4}\$ (.*)$/.exec(line)?.[1] ?? [])),
  };
}

/** The words of a text alone. */
const plain = (text: string) =>
  text
    .replaceAll(/^\.[A-Z]+$|[,.]/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .toLowerCase();

it.each(commands)('the manual page of %s says what the help says', async (name) => {
  const text = readable(sourceOf(`wemixvisor-${name.replaceAll(' ', '-')}.1`));
  const exitStatus = text.slice(text.indexOf('.SH EXIT STATUS'));
  const { usage, details, options, examples } = partsOf(await helpOf(...name.split(' ')));
  expect(text).toContain(`.SH SYNOPSIS\n${usage}\n`);
  for (const paragraph of details) {
    // Of exit codes the manual makes a list.
    if (paragraph.startsWith('Exit code: '))
      expect(plain(exitStatus)).toContain(plain(paragraph.slice(11)));
    else expect(text).toContain(`\n${paragraph}\n`);
  }
  expect(options.length).toBe([...text.matchAll(/^\.TP\n--?[a-zA-Z]/gm)].length);
  for (const [option, what] of options) expect(text).toContain(`\n${option}\n${what}.\n`);
  expect(examples.length).toBeGreaterThan(0);
  for (const line of examples) expect(text).toContain(`\n.nf\n${line}\n.fi\n`);
});

describe('the manual', () => {
  it('has no page but those of the program, its commands and the configuration', () => {
    const names = ['', ...commands, 'config'].map((name) => `wemixvisor ${name}`.trim());
    expect(commands).toContain('config show');
    expect(pages.toSorted()).toEqual(
      names.map((name) => `${name.replaceAll(' ', '-')}.1`).toSorted(),
    );
    for (const file of files.filter((each) => !pages.includes(each))) {
      const [, target = ''] = /^\.so man1\/(.*)\n$/.exec(sourceOf(file)) ?? [];
      expect(pages, file).toContain(target);
    }
  });

  it('is named page by page in the manifest, which is where npm looks', () => {
    const manifest = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8')) as {
      readonly man: readonly string[];
    };
    expect(manifest.man).toEqual(files.map((file) => `./dist/man/man1/${file}`));
  });

  const env = { ...process.env, LC_ALL: 'C.UTF-8', MANWIDTH: '80' };
  const inFolder = (file: string) => join('man1', file);
  const run = (program: string, ...args: readonly string[]) =>
    spawnSync(program, args, { cwd: folder, env, encoding: 'utf8' });
  const without = (program: string) =>
    run(program, '--version').status === 0 ? '' : ` (skipped: there is no ${program})`;

  it.skipIf(without('groff') !== '')(`is clean for groff${without('groff')}`, () => {
    for (const device of ['utf8', 'ascii']) {
      const { status, stderr } = run('groff', '-man', '-ww', `-T${device}`, ...files.map(inFolder));
      expect([status, stderr]).toEqual([0, '']);
    }
  });

  it.skipIf(without('man') !== '')(`is shown by man in 80 columns${without('man')}`, () => {
    const { status, stdout, stderr } = run('man', '--warnings', '-l', ...pages.map(inFolder));
    expect([status, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.filter((line) => line === 'NAME')).toHaveLength(pages.length);
    expect(lines).toContain('       wemixvisor start [options] [-- NODE-OPTIONS...]');
    expect(lines).toContain('       --stop-timeout DURATION');
    expect(lines).toContain('       --restart on-failure|always|never');
    expect(lines).toContain('           wemixvisor start --foreground -- --datadir /data');
    expect(lines).toContain('       75     What was waited for did not come in time; it goes on.');
  });

  it.skipIf(without('lexgrog') !== '')(`is found by apropos${without('lexgrog')}`, () => {
    const { status, stdout } = run('lexgrog', '-m', ...pages.map(inFolder));
    expect(status).toBe(0);
    expect(stdout).toContain('"wemixvisor-start - Start the node and keep it running"\n');
    for (const file of files) expect(stdout).toContain(`"${file.replace(/\.1$/, '')} - `);
  });
});
