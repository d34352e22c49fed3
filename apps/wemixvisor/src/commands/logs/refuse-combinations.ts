import { usageError } from '../../app-error.ts';

/** Options that are typed, by name. */
type Typed = Readonly<Record<string, unknown>>;

const summaries = ['--stats', '--map', '--errors'];
const shapes = ['--json', '--raw', '--fold'];
const places = ['-A', '-B', '-C'];

/** Options that cannot go together, and why. */
const refused: readonly (readonly [readonly string[], readonly string[], string])[] = [
  [['--stats'], ['--map', '--errors'], 'each is an answer of its own'],
  [['--map'], ['--errors'], 'each is an answer of its own'],
  [summaries, ['-f'], 'what is summed up has to end'],
  [summaries, ['--raw', '--fold', ...places], 'it shows lines, and a summary shows none'],
  [['--json'], ['--raw', '--fold'], 'each is another way to show a line'],
  [['--raw'], ['--fold'], 'each is another way to show a line'],
  [['--around', '--incident'], ['-n'], 'the lines before and after are counted by -B, -A and -C'],
  [['--around'], ['--incident'], 'each is a moment'],
  [['--incident'], ['--run'], 'each is a part of the log'],
  [['--pager'], ['-f'], 'a pager shows what has an end'],
  [
    ['export'],
    [...summaries, ...shapes, ...places, '-f', '--pager', '--around', '--incident'],
    'it is another way to show the log',
  ],
];

/** Options that say nothing without another one. */
const needed: readonly (readonly [string, readonly string[]])[] = [
  ['--by', ['--stats']],
  ['--new', ['--errors']],
  ['--new', ['--since']],
  ['--format', ['export']],
  ['--output', ['export']],
  ['--force', ['--output']],
];

/** Refuses options of `logs` that cannot go together. @throws AppError with exit code 64 */
export function refuseCombinations(typed: Typed): void {
  const isTyped = (name: string) => ![undefined, false].includes(typed[name] as undefined);
  for (const [these, those, why] of refused) {
    const [one, other] = [these.find(isTyped), those.find(isTyped)];
    if (one !== undefined && other !== undefined) {
      throw usageError(`${one} and ${other} cannot go together: ${why}`);
    }
  }
  for (const [one, others] of needed) {
    if (isTyped(one) && !others.some(isTyped)) {
      throw usageError(
        `${one} is for ${others.join(' and ')}: wemixvisor logs ${others.join(' ')} ${one}`,
      );
    }
  }
}
