import { createHash, timingSafeEqual } from 'node:crypto';
import { readOwnerOnly } from './owner-only-file.ts';

const shortestToken = 16;

/** The token in a file that only its owner can read, or why there is none and what to do. */
export function tokenIn(
  file: string | null,
): { readonly token: string } | { readonly problem: string } {
  if (file === null) {
    return {
      problem: 'api.token_file must name a file with a token, as openssl rand -hex 32 makes one',
    };
  }
  const read = readOwnerOnly(file);
  if ('problem' in read) return read;
  const token = read.text.trim();
  if (token.length >= shortestToken) return { token };
  return { problem: `${file} must have ${shortestToken} characters or more` };
}

/** Whether this is the token in the file; it takes the same time however much of it is right. */
export function isToken(file: string | null, given: string): boolean {
  const found = tokenIn(file);
  return 'token' in found && timingSafeEqual(digest(found.token), digest(given));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
