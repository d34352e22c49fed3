/** How a process ended, in words: `with code 1`, `by SIGKILL`, `in an unknown way`. */
export function exitWords({
  code,
  signal,
}: {
  readonly code: number | null;
  readonly signal: string | null;
}): string {
  if (signal !== null) return `by ${signal}`;
  return code === null ? 'in an unknown way' : `with code ${code}`;
}
