import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { rolldown } from 'rolldown';
import { describe, expect, it } from 'vitest';

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

/** What the page computes: it has the language, and nothing of Node.js. */
async function inPage(entry: string, expression: string): Promise<unknown> {
  const page = createContext({});
  runInContext(await bundled(entry), page);
  return JSON.parse(runInContext(`JSON.stringify(${expression})`, page) as string);
}

describe('in a web page', () => {
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
