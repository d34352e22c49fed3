/** Tells of a place in some bytes at which a text may be that it is certainly not what is searched for. */
export type IsOut = (bytes: Buffer, place: number) => boolean;

/** A row of at least so many bytes of a class, which has 1 for each byte of it. */
export interface Run {
  readonly run: Uint8Array;
  readonly least: number;
}

/** What a text contains for certain: a row of bytes, another one, of which `isOut` leaves places out, all of several, or any of several. */
export type Required =
  | Run
  | { readonly text: string; readonly ignoreCase?: boolean; readonly isOut?: IsOut | undefined }
  | { readonly all: readonly Required[] }
  | { readonly any: readonly Required[] };

/** All of what is known of several parts that are all there; null where nothing is known of any. */
export function allOf(parts: readonly (Required | null)[]): Required | null {
  const all = parts.filter((each) => each !== null);
  return single(all) ?? (all.length === 0 ? null : { all });
}

/** One of what is known of several alternatives; null where nothing is known of one of them. */
export function anyOf(alternatives: readonly (Required | null)[]): Required | null {
  const any = alternatives.filter((each) => each !== null);
  return any.length < alternatives.length ? null : (single(any) ?? { any });
}

const single = (parts: readonly Required[]) => (parts.length === 1 ? parts[0] : undefined);
