import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { createContext, runInContext } from 'node:vm';
import { rolldown } from 'rolldown';
import { describe, expect, test } from 'vitest';

/** An entry point as a bundler puts it into a web page. */
async function bundled(entry: string): Promise<string> {
  const bundle = await rolldown({
    input: fileURLToPath(new URL(`../src/${entry}`, import.meta.url)),
    platform: 'browser',
    logLevel: 'silent',
  });
  const { output } = await bundle.generate({ format: 'iife', name: 'passthrough' });
  return output[0].code;
}

/** Computes an expression with the code of an entry point, and returns its JSON. */
type Page = (code: string, expression: string) => Promise<string>;

/** It has the language, and nothing of Node.js. */
const bareContext: Page = async (code, expression) => {
  const page = createContext({});
  runInContext(code, page);
  return Promise.resolve(runInContext(`JSON.stringify(${expression})`, page) as string);
};

const chromium = ['chromium', 'chromium-browser', 'google-chrome', 'chrome']
  .flatMap((name) => (process.env['PATH'] ?? '').split(delimiter).map((path) => join(path, name)))
  .find((file) => existsSync(file));

/** A page in Chromium without a window, which gives back what stands in it when its script has run. */
const inChromium: Page = async (code, expression) => {
  const folder = await mkdtemp(join(tmpdir(), 'wv-page-'));
  try {
    const page = join(folder, 'page.html');
    const show = `document.body.textContent = encodeURIComponent(JSON.stringify(${expression}));`;
    const script = `${code}\n${show}`.replaceAll('</script', '<\\/script');
    await writeFile(page, `<meta charset="utf-8"><body><script>${script}</script>`);
    const quiet = ['--disable-gpu', '--no-first-run', '--disable-background-networking'];
    const own = ['--headless', '--no-sandbox', `--user-data-dir=${join(folder, 'profile')}`];
    const url = pathToFileURL(page).href;
    const { stdout } = await promisify(execFile)(
      chromium ?? '',
      [...own, ...quiet, '--dump-dom', url],
      { timeout: 50_000 },
    );
    return decodeURIComponent(/<body>(.*)<\/body>/s.exec(stdout)?.[1] ?? '');
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

// Where there is no Chromium, its tests are reported as skipped.
describe.each([
  { where: 'in a context without anything of Node.js', page: bareContext, isThere: true },
  { where: 'in a page of Chromium', page: inChromium, isThere: chromium !== undefined },
])('$where', ({ page, isThere }) => {
  const it = test.runIf(isThere);
  const inPage = async (entry: string, expression: string): Promise<unknown> =>
    JSON.parse(await page(await bundled(entry), expression));

  it('a command line is linted and read', async () => {
    const program = "{ flavour: 'geth', version: '1.17.5' }";
    expect(await inPage('geth.ts', `passthrough.validate(['--htpp'], ${program})`)).toMatchObject([
      { code: 'unknown-flag', replacement: 'http' },
    ]);
    const argv = "['--datadir', '../data/./x', '--http', '--config', 'geth.toml']";
    expect(
      await inPage(
        'geth.ts',
        `passthrough.deriveNodeFacts(${argv}, { ...${program}, cwd: '/srv' })`,
      ),
    ).toMatchObject({ dataDirectory: '/data/x', endpoint: { url: 'http://127.0.0.1:8545' } });
  });

  it('words are split and quoted', async () => {
    const text = JSON.stringify("geth 'my node'");
    expect(
      await inPage('index.ts', `passthrough.quoteCommand(passthrough.splitCommand(${text}).words)`),
    ).toBe("geth 'my node'");
  });
});
