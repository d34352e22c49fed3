import { quoteCommand } from './quote.ts';
import { redactSecrets } from '../redact/redact-secrets.ts';

/** Why the words before the `--` are wrong. */
type MissingSeparator =
  | {
      readonly kind: 'node-option';
      /** The first node option among our words. */
      readonly option: string;
      /** The whole command line with the `--` where it belongs, exact. */
      readonly words: readonly string[];
      /** The same for people: quoted for a POSIX shell, secrets replaced. */
      readonly corrected: string;
      /** One line: what, why and what to do. */
      readonly message: string;
    }
  | {
      readonly kind: 'typo';
      readonly option: string;
      readonly nearest: string;
      readonly message: string;
    };

/** The rest of the command line, which completes the corrected one. */
interface CommandLine {
  /** The name to show. @default 'wemixvisor' */
  readonly program?: string;
  /** The words after the `--`. @default [] */
  readonly node?: readonly string[];
}

/**
 * Explains an unknown option before the `--`: it is an option of the node, or a typo of one of ours.
 * `own` is everything before the `--`, `ownOptions` are our names (`--home`). It loads the flag registry only when
 * called. Resolves to undefined when every option in `own` is ours or no name is near.
 *
 * @example
 * await explainMissingSeparator(['start', '--http'], ['--home']);
 * // { kind: 'node-option', option: '--http', corrected: 'wemixvisor start -- --http', … }
 */
export async function explainMissingSeparator(
  own: readonly string[],
  ownOptions: readonly string[],
  { program = 'wemixvisor', node = [] }: CommandLine = {},
): Promise<MissingSeparator | undefined> {
  const ours = new Set(ownOptions);
  const stranger = own.find((word) => isOption(word) && !ours.has(optionOf(word)));
  if (stranger === undefined) return undefined;
  const option = optionOf(stranger);
  const { findFlag, flagNames } = await import('../registry/look-up.ts');
  if (findFlag(nameOf(option)) === undefined) return explainTypo(option, ownOptions, flagNames());
  const takesWord = (word: string) => {
    const flag = findFlag(nameOf(optionOf(word)));
    return flag !== undefined && flag.kind !== 'bool' && !word.includes('=');
  };
  const words = separate(own, ours, takesWord, node);
  const corrected = quoteCommand([program, ...redactSecrets(words)]);
  const message = `${option} is an option of the node and must stand after "--": ${corrected}`;
  return { kind: 'node-option', option, words, corrected, message };
}

const isOption = (word: string) => /^-./.test(word);
const optionOf = (word: string) => word.replace(/=[\s\S]*$/, '');
const nameOf = (option: string) => option.replace(/^--?/, '');

async function explainTypo(
  option: string,
  ownOptions: readonly string[],
  nodeFlags: readonly string[],
): Promise<MissingSeparator | undefined> {
  const { nearestName } = await import('./nearest-name.ts');
  const bare = nearestName(nameOf(option), ownOptions.map(nameOf));
  const nearestOwn = ownOptions.find((own) => nameOf(own) === bare);
  if (nearestOwn !== undefined) {
    const message = `unknown option ${option}: did you mean ${nearestOwn}?`;
    return { kind: 'typo', option, nearest: nearestOwn, message };
  }
  const nearestFlag = nearestName(nameOf(option), nodeFlags);
  if (nearestFlag === undefined) return undefined;
  const nearest = `--${nearestFlag}`;
  const message = `unknown option ${option}: did you mean ${nearest}? It is an option of the node and must stand after "--"`;
  return { kind: 'typo', option, nearest, message };
}

/** Moves our options before the `--`, whether they were typed before or after a node option. */
function separate(
  own: readonly string[],
  ours: ReadonlySet<string>,
  takesWord: (word: string) => boolean,
  node: readonly string[],
): readonly string[] {
  const before: string[] = [];
  const after: string[] = [];
  let side = before;
  for (let index = 0; index < own.length; index += 1) {
    const word = own[index] ?? '';
    if (isOption(word)) side = ours.has(optionOf(word)) ? before : after;
    side.push(word);
    // A flag of geth with a value always takes the next word.
    const next = own[index + 1];
    if (side === after && isOption(word) && takesWord(word) && next !== undefined) {
      after.push(next);
      index += 1;
    }
  }
  return [...before, '--', ...after, ...node];
}
