import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { expect, it } from 'vitest';
import { compiledInto } from './support/compiled.ts';

/** Stands in for ping(8): some kilobytes a second, for ten seconds at most. */
const fakePing = `#!/bin/sh
at=0
while [ $at -lt 4000 ]; do
  at=$((at + 1))
  echo "64 bytes from $1: icmp_seq=$at ttl=64 time=0.040 ms"
  [ $((at % 5)) -ne 0 ] || sleep 0.01
done
`;

it('does what the example of the README says', async () => {
  await using home = await temporaryDirectory();
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const example = /```ts\n(.*?)```/s.exec(readme)?.[1] ?? '';
  expect(example).toContain('64 * 1024 * 1024');
  const index = compiledInto(join(home.path, 'package'));
  const script = join(home.path, 'example.mjs');
  writeFileSync(
    script,
    example
      .replace('@wemixvisor/logs', pathToFileURL(index).href)
      .replace('64 * 1024 * 1024', '4096'),
  );
  const bin = join(home.path, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'ping'), fakePing, { mode: 0o755 });
  const child = spawn(process.execPath, [script], {
    cwd: home.path,
    env: { PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const logs = join(home.path, 'logs');
  const numbers = () => [...output.matchAll(/icmp_seq=(\d+)/g)].map((found) => Number(found[1]));
  await waitFor(
    () => readdirSync(logs).some((name) => name.endsWith('.gz')) && numbers().length > 200,
    { what: 'a rotated file, and lines from after it' },
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  const seen = numbers();
  expect(seen).toEqual(seen.map((_, at) => (seen[0] ?? 0) + at));
});
