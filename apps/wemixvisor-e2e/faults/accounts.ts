import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What one life of the node says of itself, whatever ended it. */
export interface Life {
  readonly name: string;
  /** Lines that it is sure to have written; one more may have been written before it could note it. */
  readonly lines: number;
  /** SIGTERMs that it got. */
  readonly terms: number;
  /** It found another node on its port. */
  readonly collided: boolean;
}

/** Reads the ledgers that the lives of a numbered node left in a folder. */
export function readLives(folder: string): readonly Life[] {
  const names = readdirSync(folder);
  const sizeOf = (name: string) =>
    names.includes(name) ? readFileSync(join(folder, name)).length : 0;
  return names
    .filter((name) => !name.includes('.'))
    .map((name) => ({
      name,
      lines: Number(readFileSync(join(folder, name), 'utf8')),
      terms: sizeOf(`${name}.terms`),
      collided: names.includes(`${name}.collision`),
    }));
}

/** What is wrong with a log, given the lives that wrote it: lines lost, doubled, out of order or torn. */
export function logProblems(log: string, lives: readonly Life[]): readonly string[] {
  const problems: string[] = [];
  const seen = new Map<string, number>();
  for (const line of log.split('\n').filter((text) => text !== '')) {
    const found = /^life (\S+) line (\d+) x+$/.exec(line);
    if (found === null) {
      problems.push(`a line that nobody wrote: ${line.slice(0, 120)}`);
      continue;
    }
    const [, life = '', number] = found;
    const expected = (seen.get(life) ?? 0) + 1;
    if (Number(number) !== expected) {
      problems.push(`life ${life}: line ${number ?? ''} follows line ${expected - 1}`);
    }
    seen.set(life, Number(number));
  }
  for (const { name, lines } of lives) {
    const last = seen.get(name) ?? 0;
    if (last !== lines && last !== lines + 1) {
      problems.push(`life ${name}: wrote ${lines} lines, the log ends at ${last}`);
    }
    seen.delete(name);
  }
  for (const life of seen.keys()) problems.push(`life ${life} is in the log but never lived`);
  return problems;
}

/**
 * What is wrong with the lives themselves.
 *
 * @param mostTerms SIGTERMs that one may get: one that was sent an instant before a supervisor died may be sent again
 */
export function lifeProblems(lives: readonly Life[], mostTerms = 2): readonly string[] {
  return lives.flatMap(({ name, terms, collided }) => [
    ...(collided ? [`life ${name} began while another one lived`] : []),
    ...(terms > mostTerms ? [`life ${name} got ${terms} SIGTERMs`] : []),
  ]);
}
