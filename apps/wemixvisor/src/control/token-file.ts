import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { messageOf } from '../app-error.ts';

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
  try {
    const { mode } = statSync(file);
    if ((mode & 0o077) !== 0) {
      const shown = (mode & 0o777).toString(8);
      return { problem: `${file} can be read by other users (mode ${shown}): chmod 600 it` };
    }
    const token = readFileSync(file, 'utf8').trim();
    if (token.length >= shortestToken) return { token };
    return { problem: `${file} must have ${shortestToken} characters or more` };
  } catch (error) {
    return { problem: messageOf(error) };
  }
}

/** Whether this is the token in the file; it takes the same time however much of it is right. */
export function isToken(file: string | null, given: string): boolean {
  const found = tokenIn(file);
  return 'token' in found && timingSafeEqual(digest(found.token), digest(given));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
