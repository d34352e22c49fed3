/** How a value is compared. */
export type Operator = '=' | '!=' | '<' | '<=' | '>' | '>=' | '~' | '!~';

/** One comparison of an expression, and where its parts stand in the text. */
export interface Comparison {
  readonly kind: 'compare';
  readonly key: string;
  readonly operator: Operator;
  readonly value: string;
  /** Where the value begins in the text. */
  readonly valueAt: number;
}

/** What `--where` says. */
export type Expression =
  | Comparison
  | { readonly kind: 'has'; readonly key: string }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Expression[] };

/** The keys that an expression names, each once. */
export function keysOf(expression: Expression): readonly string[] {
  return [...new Set(namedIn(expression))];
}

/** The comparisons of an expression, from left to right. */
export function comparisonsOf(expression: Expression): readonly Comparison[] {
  switch (expression.kind) {
    case 'compare':
      return [expression];
    case 'has':
      return [];
    case 'not':
      return comparisonsOf(expression.of);
    case 'and':
    case 'or':
      return expression.of.flatMap(comparisonsOf);
  }
}

function namedIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'compare':
    case 'has':
      return [expression.key];
    case 'not':
      return namedIn(expression.of);
    case 'and':
    case 'or':
      return expression.of.flatMap(namedIn);
  }
}
