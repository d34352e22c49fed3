/** Reads a JSON-RPC quantity (`"0x1a"`; some clients send a number); null for anything else. */
export function parseQuantity(value: unknown): number | null {
  if (typeof value === 'string' && /^0x[0-9a-f]{1,16}$/i.test(value)) return Number(value);
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
