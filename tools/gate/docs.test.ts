import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { runPage } from './page-session.ts';
import { shapeOfLine, snippetsOf, strayFields, type Snippet } from './snippets.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const markdown = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name));
const pages = [
  'README.md',
  'apps/wemixvisor/README.md',
  ...markdown('docs'),
  ...markdown('docs/decisions'),
  ...markdown('docs/release-notes'),
  'CONTRIBUTING.md',
  'DEVELOPMENT.md',
];

const executed = ['sh', 'toml', 'js'];
const shown = ['text', 'json', 'ini', 'mermaid', ''];
const isSkipped = ({ note }: Snippet) => note.startsWith('skip: ');
const isExecuted = (snippet: Snippet) => executed.includes(snippet.language) && !isSkipped(snippet);
const pagesToRun = pages.filter((page) => snippetsOf(read(page)).some(isExecuted));

describe.each(pages)('%s', (page) => {
  const text = read(page);
  const snippets = snippetsOf(text);

  it('has blocks that are executed, shown, or skipped for a reason', () => {
    for (const { line, language, note } of snippets) {
      const known = [...executed, ...shown].includes(language);
      const reason = /^(|output|config|skip: \w.{8,})$/.test(note);
      expect(known && reason ? null : `${page}:${line}: \`\`\`${language} ${note}`).toBeNull();
    }
  });

  it('shows JSON that can be read', () => {
    for (const { code } of snippets.filter(({ language }) => language === 'json')) {
      expect(() => JSON.parse(code) as unknown).not.toThrow();
    }
  });

  it('links to what is there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s#]*)(?:#([^)\s]+))?\)/g)];
    for (const [whole, path = '', anchor] of links) {
      const file = path === '' ? join(root, page) : join(root, dirname(page), path);
      expect(existsSync(file) ? null : whole).toBeNull();
      if (anchor !== undefined) expect(anchorsOf(readFileSync(file, 'utf8'))).toContain(anchor);
    }
  });
});

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(/\s/g, '-'),
  );
}

// Each page has a home and ports of its own, and most of its time is waiting.
describe.concurrent.each(pagesToRun)('the snippets of %s', (page) => {
  it('do what they say', async () => {
    const snippets = snippetsOf(read(page));
    const session = await runPage(snippets.filter(isExecuted), 170_000);
    if (session.code !== 0) throw new Error(session.said.slice(-4000));
    let before: Snippet | undefined;
    for (const snippet of snippets) {
      if (isExecuted(snippet)) before = snippet;
      else if (snippet.note === 'output' && before !== undefined) {
        expectOutput(snippet, session.saidBy(before.line), session.home);
      }
    }
  });
});

/** What a page shows as output is what the block before it printed. */
function expectOutput({ language, code }: Snippet, said: string, home: string): void {
  if (language === 'json') {
    expect(strayFields(JSON.parse(code), JSON.parse(said))).toEqual([]);
    return;
  }
  const real = said.split('\n').map((line) => shapeOfLine(line, home));
  for (const line of code.split('\n').filter((text) => !['', '…'].includes(text.trim()))) {
    expect(real).toContain(shapeOfLine(line, '/home/op'));
  }
}

const sources = (folder: string) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|\/)src\/.*(?<!\.test)\.ts$/.test(name) && !name.includes('node_modules'))
    .map((name) => read(join(folder, name)));

describe('docs/troubleshooting.md', () => {
  it('quotes messages that the program has', () => {
    const [, table = ''] = read('docs/troubleshooting.md').split('## By message');
    const messages = [...table.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, message = '']) => message);
    expect(messages.length).toBeGreaterThan(20);
    const files = [...sources('apps/wemixvisor'), ...sources('packages')];
    const has = (message: string) =>
      files.some((text) => message.split('…').every((part) => text.includes(part.trim())));
    expect(messages.filter((message) => !has(message))).toEqual([]);
  });
});

/** What a cell of a table names as the holder of a claim: a test's file and its title, or their beginnings. */
const namedTest = /^`(.+\.test\.ts)`: (.{12,})$/;

function isThere(held: string): boolean {
  const [, file = '', title = ''] = namedTest.exec(held) ?? [];
  return file !== '' && existsSync(join(root, file)) && read(file).includes(title);
}

describe('docs/security.md', () => {
  it('names a test for each claim, and each is there', () => {
    const [, claims = ''] = read('docs/security.md').split('## Claims');
    const rows = [...claims.matchAll(/^\| (?!claim|-)(.+?) +\| (.*?) +\|$/gm)];
    expect(rows.length).toBeGreaterThan(30);
    for (const [row, , held = ''] of rows) expect(isThere(held) ? null : row).toBeNull();
  });
});

describe('docs/success-criteria.md', () => {
  it('has a measured figure or fact for each requirement, and names tests that are there', () => {
    const rows = read('docs/success-criteria.md')
      .split('\n')
      .filter((line) => /^\| (?!requirement|-)/.test(line))
      .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | *\|$/g, '').trim()));
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      const [, , held = '', measured = ''] = row;
      expect(row.length === 4 && measured !== '' ? null : row).toBeNull();
      if (namedTest.test(held)) expect(isThere(held) ? null : row).toBeNull();
    }
    expect(rows.filter(([, , held = '']) => namedTest.test(held)).length).toBeGreaterThan(12);
  });
});

describe('docs/comparison.md', () => {
  const page = read('docs/comparison.md');
  const cellsOf = (text: string) =>
    [...text.matchAll(/^\| (?!what |-)(.*) \|$/gm)].map(([, row = '']) =>
      row.split(' | ').map((cell) => cell.trim()),
    );
  const [table = ''] = page.split('## Where');
  const [, holders = ''] = page.split('## What holds our column');
  const rows = cellsOf(table);

  it('has a source for each cell about another program, and uses each source', () => {
    const sources = [...page.matchAll(/^\[([\w-]+)\]: https:\/\//gm)].map(([, key]) => key);
    const used = [...page.matchAll(/\]\[([\w-]+)\]/g)].map(([, key]) => key);
    expect(new Set(used)).toEqual(new Set(sources));
    expect(rows.length).toBeGreaterThan(10);
    for (const [what, , ...others] of rows) {
      expect([what, others.length]).toEqual([what, 4]);
      for (const cell of others) expect(cell).toMatch(/^(no|by hand|\[.+\]\[[\w-]+\])$/);
    }
  });

  it('names a test or a page for each cell of our own', () => {
    const held = new Map(cellsOf(holders).map(([what, by = '']) => [what, by]));
    expect([...held.keys()]).toEqual(rows.map(([what]) => what));
    for (const [what, by] of held)
      expect(isThere(by) || /^\[.+\]\(.+\)$/.test(by) ? null : what).toBeNull();
  });

  it('is what the README has of it', () => {
    const [, readme = ''] = read('README.md').split('## Beside others');
    const shown = cellsOf(readme.split('## ')[0] ?? '');
    const plain = rows.map((row) => row.map((cell) => cell.replace(/^\[(.+)\]\[.+\]$/, '$1')));
    expect(shown.length).toBeGreaterThan(8);
    for (const row of shown) expect(plain).toContainEqual(row);
  });
});
