import type { Flag } from '../registry/flag.ts';
import { flagOfVariable, kindFor } from '../registry/look-up.ts';
import type { ParsedFlag } from './parsed-arguments.ts';
import type { ResolvedContext } from './reading-context.ts';

/** The flags that the environment sets, in its order. */
export function environmentFlags({ env, target }: ResolvedContext): readonly ParsedFlag[] {
  return Object.entries(env).flatMap(([name, text]) => {
    const flag = text === undefined ? undefined : flagOfVariable(name, target);
    if (text === undefined || flag === undefined) return [];
    const value = readVariable(text, kindFor(flag, target));
    return value === undefined ? [] : [environmentFlag(flag, name, value)];
  });
}

/** An empty variable sets a text, a path or a switch (to false); a number ignores it. */
function readVariable(value: string, kind: Flag['kind']): string | undefined {
  if (value !== '' || kind === 'string' || kind === 'path' || kind === 'text') return value;
  return kind === 'bool' ? 'false' : undefined;
}

const environmentFlag = (flag: Flag, variable: string, value: string): ParsedFlag => ({
  name: flag.name,
  typed: variable,
  flag,
  value,
  source: 'environment',
  position: null,
  valuePosition: null,
});
