const factors: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  KiB: 1024,
  MiB: 1024 ** 2,
  GiB: 1024 ** 3,
};

/** The accepted forms, for error messages. */
export const sizeForms = '100MiB, 2GiB or 500KB';

/**
 * Bytes of a size such as `100MiB` (powers of 1024) or `500KB` (powers of 1000). Undefined for anything else.
 *
 * @example parseBytes('100MiB') // 104_857_600
 */
export function parseBytes(text: string): number | undefined {
  const parts = /^(\d+(?:\.\d+)?)\s*([KMG]i?B|B|)$/.exec(text);
  const factor = factors[parts?.[2] ?? 'none'];
  if (parts === null || factor === undefined) return undefined;
  const bytes = Math.round(Number(parts[1]) * factor);
  return Number.isSafeInteger(bytes) ? bytes : undefined;
}

/**
 * A size as an operator types it, in the largest unit that divides it; {@link parseBytes} reads it back.
 *
 * @example writeSize(104_857_600) // '100 MiB'
 */
export function writeSize(bytes: number): string {
  const unit = ['GiB', 'MiB', 'KiB'].find((name) => bytes % (factors[name] ?? 1) === 0);
  return unit === undefined || bytes === 0
    ? String(bytes)
    : `${bytes / (factors[unit] ?? 1)} ${unit}`;
}
