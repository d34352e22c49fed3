/** One JSON-RPC call. */
interface Call {
  readonly method: string;
  readonly params?: readonly unknown[];
}

/** What became of a call; `unknown` = the node does not offer the method. */
type Outcome =
  | { readonly kind: 'ok'; readonly value: unknown }
  | { readonly kind: 'unknown'; readonly why: string }
  | { readonly kind: 'failed'; readonly why: string; readonly cause: string };

/** Makes all calls in one request, and gives one outcome per call in their order; it never rejects. */
export type Batch = (calls: readonly Call[]) => Promise<readonly Outcome[]>;

/** The value of a call that was answered, else undefined. */
export function valueOf(outcome: Outcome | undefined): unknown {
  return outcome?.kind === 'ok' ? outcome.value : undefined;
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a JSON array; none for anything else. */
export function recordsOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter((one) => isRecord(one)) : [];
}

/** The longest name or address that is read. */
const longestText = 256;

/** A text that is not empty, cut to 256 characters; null for anything else. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.slice(0, longestText) : null;
}

/** A whole number, as JSON or as a quantity of geth (`0x1a`); null for anything else. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'string' && /^0x[0-9a-f]{1,16}$/i.test(value)) return Number(value);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
