import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { sourceDigest } from '../source-digest.mjs';

/** A project that bundles another one, as the app does with the packages. */
async function workspace() {
  const folder = await temporaryDirectory();
  const write = (file: string, content: string) => {
    mkdirSync(join(folder.path, file, '..'), { recursive: true });
    writeFileSync(join(folder.path, file), content);
  };
  const bundled = { '@house/logs': 'workspace:^', got: '14.6.6' };
  write('app/package.json', JSON.stringify({ name: '@house/app', devDependencies: bundled }));
  write('app/src/main.ts', 'run();\n');
  write('app/src/main.test.ts', 'test();\n');
  write('logs/package.json', JSON.stringify({ name: '@house/logs' }));
  write('logs/src/read/tail.ts', 'tail();\n');
  mkdirSync(join(folder.path, 'app/node_modules/@house'), { recursive: true });
  symlinkSync('../../../logs', join(folder.path, 'app/node_modules/@house/logs'));
  return { folder, write, app: join(folder.path, 'app') };
}

/** Runs one of the scripts in a folder; resolves to what it complains about. */
function script(name: string, cwd: string): Promise<string> {
  const file = fileURLToPath(new URL(`../${name}`, import.meta.url));
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [file], { cwd }, (error, _stdout, stderr) => {
      if ((error === null) === (stderr === '')) resolve(stderr);
      else reject(new Error(`${name}: ${stderr}`, { cause: error }));
    });
  });
}

describe('the digest of the sources', () => {
  it.each([
    ['app/src/main.ts', 'run(1);\n'],
    ['app/src/new.ts', 'run();\n'],
    ['app/tsup.config.ts', 'export default {};\n'],
    ['logs/src/read/tail.ts', 'tail(1);\n'],
  ])('differs when %s does', async (file, content) => {
    const { folder, write, app } = await workspace();
    await using _ = folder;
    const before = sourceDigest(app);
    write(file, content);
    expect(sourceDigest(app)).not.toBe(before);
  });

  it('is the same after what changes nothing that is built: a test, a time, a README', async () => {
    const { folder, write, app } = await workspace();
    await using _ = folder;
    const before = sourceDigest(app);
    write('app/src/main.test.ts', 'test(1);\n');
    write('app/README.md', 'new\n');
    utimesSync(join(app, 'src/main.ts'), 1, 1);
    expect(sourceDigest(app)).toBe(before);
  });
});

describe('prepack', () => {
  it('refuses a package without dist, and one whose sources have changed since its build', async () => {
    const { folder, write, app } = await workspace();
    await using _ = folder;
    expect(await script('refuse-unbuilt.mjs', app)).toBe(
      '@house/app is not built: there is no dist. Build it with "npx nx run @house/app:build".\n',
    );

    write('app/dist/main.js', 'run();\n');
    expect(await script('refuse-unbuilt.mjs', app)).toContain('built from other sources');
    await script('stamp-build.mjs', app);
    expect(await script('refuse-unbuilt.mjs', app)).toBe('');

    write('logs/src/read/tail.ts', 'tail(1);\n');
    expect(await script('refuse-unbuilt.mjs', app)).toContain('built from other sources');
    await script('stamp-build.mjs', app);
    rmSync(join(app, 'dist'), { recursive: true });
    expect(await script('refuse-unbuilt.mjs', app)).toContain('there is no dist');
  });
});
