import { didYouMean } from '../did-you-mean.ts';
import type { Environment } from './examine.ts';

/** The variables with a prefix: those that are known, of which one that ends with `*` stands for all that begin so. */
export interface KnownVariables {
  readonly prefix: string;
  readonly names: readonly string[];
}

/** One line for each variable that looks like a setting but is not, with the nearest name. */
export function unknownVariables(
  environment: Environment,
  { prefix, names }: KnownVariables,
): readonly string[] {
  const whole = names.filter((name) => !name.endsWith('*'));
  const beginnings = names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));
  return Object.keys(environment)
    .filter((name) => name.startsWith(prefix) && !whole.includes(name))
    .filter((name) => !beginnings.some((beginning) => name.startsWith(beginning)))
    .map((name) => {
      const near = nearestVariable(name, { prefix, names: whole });
      return `${name} is not a setting${near || ' and has no effect'}`;
    });
}

/** Compares names without their common prefix, which would make all of them similar. */
function nearestVariable(name: string, { prefix, names }: KnownVariables): string {
  const own = names.filter((other) => other.startsWith(prefix));
  const endings = own.map((other) => other.slice(prefix.length));
  return didYouMean(name.slice(prefix.length), endings).replaceAll(/ (mean|or) /g, ` $1 ${prefix}`);
}

/** `: did you mean X?` for a key that no setting has, also where it stands in the wrong table; empty where none is near. */
export function nearestKey(key: string, keys: readonly string[]): string {
  const near = didYouMean(key, keys);
  if (near !== '') return near;
  const [name = ''] = key.split('.').slice(-1);
  const [namesake, another] = keys.filter((known) => known.endsWith(`.${name}`));
  const isOne = namesake !== undefined && another === undefined;
  return isOne ? `: did you mean ${namesake}?` : '';
}
