import type { ParsedFlag } from '../parse/parsed-arguments.ts';
import type { Fix } from './finding.ts';

/** Gives a flag of argv another name and keeps its value; null for one that a variable sets. */
export function renamed({ position, valuePosition, value }: ParsedFlag, name: string): Fix | null {
  if (position === null) return null;
  const own = valuePosition === position ? `=${value ?? ''}` : '';
  return { position, remove: 1, insert: [`--${name}${own}`] };
}

/** Takes a flag out of argv, with its value; null for one that a variable sets. */
export function removed({ position, valuePosition }: ParsedFlag): Fix | null {
  if (position === null) return null;
  const hasOwnWord = valuePosition !== null && valuePosition !== position;
  return { position, remove: hasOwnWord ? 2 : 1, insert: [] };
}
