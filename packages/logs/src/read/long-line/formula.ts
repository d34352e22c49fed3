/** What is yet to come true of the text that follows, of a set of steps each of which it may match. */
export type Formula =
  | { readonly kind: 'always' | 'never'; readonly key: string }
  /** The text that follows matches from this step on. */
  | { readonly kind: 'node'; readonly key: string; readonly node: number }
  | { readonly kind: 'any' | 'all'; readonly key: string; readonly parts: readonly Formula[] }
  | { readonly kind: 'not'; readonly key: string; readonly part: Formula };

export const always: Formula = { kind: 'always', key: 'T' };
export const never: Formula = { kind: 'never', key: 'F' };

const ofNodes: Formula[] = [];

/** The text that follows matches from a step on. One for each step, since thousands of states hold them. */
export function fromNode(node: number): Formula {
  return (ofNodes[node] ??= { kind: 'node', key: String(node), node });
}

/** One of them at least. */
export function any(parts: readonly Formula[]): Formula {
  return joined('any', parts, never, always);
}

/** All of them. */
export function all(parts: readonly Formula[]): Formula {
  return joined('all', parts, always, never);
}

/** The contrary. */
export function not(part: Formula): Formula {
  if (part === always) return never;
  if (part === never) return always;
  return part.kind === 'not' ? part.part : { kind: 'not', key: `!${part.key}`, part };
}

/** Formulas that say the same the same way have one key. */
function joined(
  kind: 'any' | 'all',
  parts: readonly Formula[],
  neutral: Formula,
  decisive: Formula,
): Formula {
  const different = new Map<string, Formula>();
  for (const part of parts) {
    if (part === decisive) return decisive;
    if (part.kind === kind) for (const inner of part.parts) different.set(inner.key, inner);
    else if (part !== neutral) different.set(part.key, part);
  }
  const [first, second] = different.values();
  if (first === undefined) return neutral;
  if (second === undefined) return first;
  const keys = [...different.keys()].sort();
  const sorted = keys.flatMap((key) => different.get(key) ?? []);
  return { kind, key: `(${keys.join(kind === 'any' ? '|' : '&')})`, parts: sorted };
}
