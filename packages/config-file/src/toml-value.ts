/** A text, number, boolean, list or object as a value in TOML: `"5m"`, `5`, `["A=1"]`, `{ name = "x" }`. */
export function toTomlValue(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(toTomlValue).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, one]) => `${key} = ${toTomlValue(one)}`);
    return `{ ${entries.join(', ')} }`;
  }
  // A text in JSON is one in TOML too, but for DEL, which TOML wants escaped.
  return JSON.stringify(value).replaceAll('\u007f', String.raw`\u007f`);
}
