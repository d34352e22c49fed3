/** How a value is read from an option, a variable, TOML or JSON, and how it is described and shown. */
export interface ValueType<T> {
  /** The value that a text stands for, or that `value` is already; undefined where it is neither. */
  parse(value: unknown): T | undefined;
  /** What stands for the value in help texts, as in `--stop-timeout DURATION`. */
  readonly placeholder: string;
  /** What a good value looks like, for error messages. */
  readonly expected: string;
  /** A value as an operator types it, which `parse` reads; without it, the value itself. */
  format?(value: T): string;
  /** What exactly is wrong with a bad value, where more can be said than that it is not what is expected. */
  why?(value: unknown): string | undefined;
  /** A good value, for what has no default. */
  readonly example?: T | undefined;
}

/** A type whose values a person types in another form than the program keeps them. */
export type WrittenType<T> = ValueType<T> & Required<Pick<ValueType<T>, 'format'>>;

/** Parses texts that `matches` accepts; they are their own value. */
export function textThat(matches: (text: string) => boolean) {
  return (value: unknown): string | undefined =>
    typeof value === 'string' && matches(value) ? value : undefined;
}

/** Parses lists whose items `matches` accepts; a single text is a list as far as `split` makes one of it. */
export function listOf<T extends string>(
  matches: (item: unknown) => item is T,
  split: (text: string) => readonly string[] | undefined = () => undefined,
) {
  return (value: unknown): readonly T[] | undefined => {
    const items: unknown = typeof value === 'string' ? split(value) : value;
    return Array.isArray(items) && items.every(matches) ? items : undefined;
  };
}
