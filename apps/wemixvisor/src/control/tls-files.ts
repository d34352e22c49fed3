import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { AppError, messageOf } from '../app-error.ts';
import { readOwnerOnly } from './owner-only-file.ts';

/** The files of a certificate and its private key, as the settings name them. */
export interface TlsFiles {
  readonly cert: string | null;
  readonly key: string | null;
}

/** A certificate with its chain, and its private key, in PEM. */
interface Pair {
  readonly cert: string;
  readonly key: string;
}

/**
 * Reads a certificate and its key, and looks whether they can be used now.
 *
 * @throws AppError which of them is wrong, why, and what to do.
 */
export function readTlsFiles({ cert: certFile, key: keyFile }: TlsFiles, now: number): Pair {
  if (certFile === null || keyFile === null) {
    const [given, missing] = certFile === null ? ['key', 'cert'] : ['cert', 'key'];
    throw new AppError(`api.tls_${given} needs api.tls_${missing} too`);
  }
  const cert = certificateIn(certFile);
  const read = readOwnerOnly(keyFile);
  if ('problem' in read) throw new AppError(read.problem);
  const key = parsed(`${keyFile} has no private key in PEM that needs no passphrase`, () =>
    createPrivateKey(read.text),
  );
  if (!cert.parsed.checkPrivateKey(key)) {
    throw new AppError(
      `${keyFile} is not the key of ${certFile}: name the two that were made together`,
    );
  }
  const { validFrom, validTo } = cert.parsed;
  if (now > Date.parse(validTo)) {
    throw new AppError(`${certFile} has expired (${validTo}): renew it`);
  }
  if (now < Date.parse(validFrom)) {
    throw new AppError(`${certFile} is valid from ${validFrom} on: wait, or set the clock`);
  }
  return { cert: cert.text, key: read.text };
}

function certificateIn(file: string) {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError(messageOf(error), { cause: error });
  }
  const first = () => new X509Certificate(text);
  return { text, parsed: parsed(`${file} has no certificate in PEM`, first) };
}

function parsed<T>(otherwise: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new AppError(otherwise, { cause: error });
  }
}

/**
 * What a server proves itself by: null while the files are as they were. Files that are wrong later change nothing, and are told once;
 * wrong ones at the first call are thrown.
 */
export function watchTlsFiles(
  files: () => TlsFiles,
  onProblem: (problem: string) => void,
): () => Pair | null {
  let seen: string | null = null;
  return () => {
    const named = files();
    const stamp = [named.cert, named.key].map(stampOf).join();
    if (stamp === seen) return null;
    const isFirst = seen === null;
    seen = stamp;
    try {
      return readTlsFiles(named, Date.now());
    } catch (error) {
      if (isFirst) throw error;
      onProblem(`the certificate of --api-addr stays as it was: ${messageOf(error)}`);
      return null;
    }
  };
}

function stampOf(file: string | null): string {
  const stats = file === null ? undefined : statSync(file, { throwIfNoEntry: false });
  return [file, stats?.ino, stats?.mtimeMs, stats?.ctimeMs, stats?.size].join(':');
}
