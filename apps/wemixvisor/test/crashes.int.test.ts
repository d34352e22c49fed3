import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { CrashReport } from '../src/report/crash-report.ts';
import { schemaErrorsOf } from './published-schema.ts';
import { workplace } from './workplace.ts';

describe('crashes', () => {
  it('lists the ends that nobody asked for, and shows each in full', async () => {
    const place = await workplace();
    expect(await place.run('crashes')).toMatchObject({
      code: 0,
      stdout: `no crash report in ${place.paths.crashes}\n`,
    });
    await place.supervised('--restart-delay', '1h');
    place.control({ say: 'panic: out of luck', exit: 2 });
    await waitFor(() => readdirSync(place.paths.crashes).length > 0, { what: 'a report' });
    const { crashes } = JSON.parse((await place.run('crashes', '--json')).stdout) as {
      readonly crashes: readonly [{ readonly id: string; readonly summary: string }];
    };
    expect(crashes).toHaveLength(1);
    const [{ id, summary }] = crashes;
    expect((await place.run('crashes', 'list')).stdout).toContain(`${id} `);
    const shown = await place.run('crashes', 'show', id.slice(0, 10));
    expect(shown.stdout).toContain(`\nWhat:      ${summary}\n`);
    expect(shown.stdout).toContain('\n  panic: out of luck\n');
    const report = JSON.parse((await place.run('crashes', 'show', '--json')).stdout) as CrashReport;
    expect(report).toMatchObject({ id, cause: 'exit', status: { state: 'crashed' } });
    expect(schemaErrorsOf('crash', report)).toEqual([]);
    expect(schemaErrorsOf('status', report.status)).toEqual([]);
    expect(schemaErrorsOf('crashes', { schema: 1, crashes })).toEqual([]);
  });

  it('packs what a bug report needs, for its owner and without secrets, and overwrites nothing', async () => {
    const place = await workplace();
    const secret = '5ec2e7'.repeat(10);
    writeFileSync(
      join(place.path, 'c.toml'),
      `[alerts]\nwebhook_url = "https://hooks.example.org/${secret}"\n`,
      { mode: 0o600 },
    );
    const config = ['--config', join(place.path, 'c.toml')];
    await place.supervised(...config, '--restart-delay', '1h');
    place.control({ say: `Fatal: --nodekeyhex ${secret}`, exit: 7 });
    await waitFor(() => readdirSync(place.paths.crashes).length > 0, { what: 'a report' });
    const file = join(place.path, 'b.tar.gz');
    const { code, stdout } = await place.run('crashes', 'bundle', 'b.tar.gz');
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining(file) });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const unpacked = join(place.path, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['-xzf', file, '-C', unpacked]);
    const read = (name: string) => readFileSync(join(unpacked, name), 'utf8');
    expect(read('versions.txt')).toContain(`node ${process.version}\n`);
    expect(JSON.parse(read('status.json'))).toMatchObject({ state: 'crashed' });
    expect(read('config.toml')).toContain('webhook_url = "');
    expect(read('node.log')).toContain('Fatal: --nodekeyhex');
    expect(read('wemixvisor.log')).toContain('"event":"node-exited"');
    const names = readdirSync(unpacked, { recursive: true, encoding: 'utf8' });
    expect(names).toContainEqual(expect.stringMatching(/^crashes\/.+\.json$/));
    const files = names.filter((name) => statSync(join(unpacked, name)).isFile());
    expect(files.filter((name) => read(name).includes(secret))).toEqual([]);
    expect(await place.run('crashes', 'bundle', 'no/b.tar.gz')).toMatchObject({ code: 1 });
    expect(await place.run('crashes', 'bundle', 'b.tar.gz')).toMatchObject({
      code: 1,
      stderr: `wemixvisor: cannot write ${file}: it exists: name another file\n`,
    });
  });

  it('packs a home in which there is nothing, and says of a damaged configuration what is wrong', async () => {
    const place = await workplace();
    mkdirSync(place.paths.home, { mode: 0o700 });
    writeFileSync(place.paths.config, 'min_peers = [', { mode: 0o600 });
    const { code, stdout } = await place.run('crashes', 'bundle', '--json');
    const { file } = JSON.parse(stdout) as { readonly file: string };
    expect(code).toBe(0);
    const part = (name: string) => execFileSync('tar', ['-xzOf', file, name], { encoding: 'utf8' });
    expect(part('config.toml')).toContain('It cannot be read: ');
    expect(part('status.json')).toBe('null\n');
  });

  it('refuses what it does not know', async () => {
    const place = await workplace();
    for (const words of [['sho'], ['list', 'x']]) {
      const { code, stderr } = await place.run('crashes', ...words);
      expect(code).toBe(64);
      expect(stderr).toContain(`there is no command "crashes ${words.join(' ')}"`);
    }
    expect(await place.run('crashes', 'show')).toMatchObject({ code: 64 });
  });
});
