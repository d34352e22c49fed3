import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { messageOf } from '../app-error.ts';

const shortestToken = 16;

/** Why a file cannot serve as the one with the token, and what to do; null where it can. */
export function problemOfToken(file: string | null): string | null {
  if (file === null)
    return 'api.token_file must name a file with a token, as openssl rand -hex 32 makes one';
  try {
    const { mode } = statSync(file);
    if ((mode & 0o077) !== 0) {
      return `${file} can be read by other users (mode ${(mode & 0o777).toString(8)}): chmod 600 it`;
    }
    const { length } = readFileSync(file, 'utf8').trim();
    return length >= shortestToken ? null : `${file} must have ${shortestToken} characters or more`;
  } catch (error) {
    return messageOf(error);
  }
}

/** Whether this is the token in the file; it takes the same time however much of it is right. */
export function isToken(file: string | null, given: string): boolean {
  if (problemOfToken(file) !== null || file === null) return false;
  return timingSafeEqual(digest(readFileSync(file, 'utf8').trim()), digest(given));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
