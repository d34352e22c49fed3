import { chmodSync, copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfSigned, temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readTlsFiles, watchTlsFiles } from '../src/control/tls-files.ts';

const day = 86_400_000;

async function pair() {
  const folder = await temporaryDirectory();
  onTestFinished(() => folder[Symbol.asyncDispose]());
  return { folder: folder.path, files: selfSigned(folder.path) };
}

describe('the files of a certificate', () => {
  it('are read where they belong together and are valid', async () => {
    const { files } = await pair();
    const { cert, key } = readTlsFiles(files, Date.now() + 1_000);
    expect([cert, key]).toEqual([
      expect.stringContaining('BEGIN CERTIFICATE'),
      expect.stringContaining('PRIVATE KEY'),
    ]);
  });

  it('are refused with what is wrong', async () => {
    const { files, folder } = await pair();
    const refused = (changes: object, now = Date.now() + 1_000) => {
      try {
        readTlsFiles({ ...files, ...changes }, now);
        return null;
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(refused({ key: null })).toBe('api.tls_cert needs api.tls_key too');
    expect(refused({ cert: null })).toBe('api.tls_key needs api.tls_cert too');
    expect(refused({}, Date.now() + 11 * day)).toMatch(
      /server\.pem has expired \(.* GMT\): renew it$/,
    );
    expect(refused({}, Date.now() - day)).toMatch(
      /is valid from .* GMT on: wait, or set the clock$/,
    );
    const other = selfSigned(folder, 'other');
    expect(refused({ key: other.key })).toBe(
      `${other.key} is not the key of ${files.cert}: name the two that were made together`,
    );
    expect(refused({ cert: join(folder, 'gone') })).toContain('ENOENT');
    expect(refused({ key: join(folder, 'gone') })).toContain('ENOENT');
    const text = join(folder, 'text');
    writeFileSync(text, 'nothing', { mode: 0o600 });
    expect(refused({ cert: text })).toBe(`${text} has no certificate in PEM`);
    expect(refused({ key: text })).toBe(
      `${text} has no private key in PEM that needs no passphrase`,
    );
    chmodSync(files.key, 0o640);
    expect(refused({})).toBe(`${files.key} can be read by other users (mode 640): chmod 600 it`);
  });

  it('are taken up when they change, and kept with one word of it when the change is wrong', async () => {
    const { files, folder } = await pair();
    const problems: string[] = [];
    const next = watchTlsFiles(
      () => files,
      (problem) => problems.push(problem),
    );
    expect(next()?.cert).toContain('CERTIFICATE');
    expect(next()).toBeNull();
    const other = selfSigned(folder, 'other');
    copyFileSync(other.cert, files.cert);
    expect(next()).toBeNull();
    expect(next()).toBeNull();
    expect(problems).toEqual([
      `the certificate of --api-addr stays as it was: ${files.key} is not the key of ${files.cert}: name the two that were made together`,
    ]);
    copyFileSync(other.key, files.key);
    expect(next()?.key).toContain('PRIVATE KEY');
    rmSync(files.key);
    expect(next()).toBeNull();
    expect(problems).toHaveLength(2);
    expect(() =>
      watchTlsFiles(
        () => files,
        () => {},
      )(),
    ).toThrow('ENOENT');
  });
});
