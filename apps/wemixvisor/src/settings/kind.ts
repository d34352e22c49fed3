import * as t from 'typanion';

/** How the value of a setting is read from text, from TOML or from JSON, and what is said of a bad one. */
export interface Kind<T> {
  readonly schema: t.StrictValidator<unknown, T>;
  /** What stands for the value in help texts, as in `--stop-timeout DURATION`. */
  readonly placeholder: string;
  /** What a good value looks like, for error messages. */
  readonly expected: string;
  /** A value as an operator types it, read back by the schema; without it, the value itself. */
  write?(value: T): string;
  /** A good value, for a setting that has none by default. */
  readonly example?: string | undefined;
}

/** A validator that turns text into a value, and lets through what `is` one already; null where nothing is. */
export function fromText<T>(
  is: ((value: unknown) => value is T) | null,
  read: (text: string) => T | undefined,
) {
  return t.makeValidator<unknown, T>({
    test: (value, state): value is T => {
      if (is?.(value) === true) return true;
      const meant = typeof value === 'string' ? read(value) : undefined;
      if (meant === undefined || state?.coercion === undefined) {
        state?.errors?.push('not of the expected form');
        return false;
      }
      state.coercions?.push([state.p ?? '.', state.coercion.bind(null, meant)]);
      return true;
    },
  });
}
