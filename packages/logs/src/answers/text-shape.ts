/** Parts of a message that differ from one time to the next: hashes, addresses, numbers with their units. */
const varying =
  /0x[\da-fA-F]+|\b[\da-f]{6}(?:\.\.|…)[\da-f]{6}\b|\b[\da-f]{16,}\b|\d[\d,.:]*(?:[a-zµ]{1,2}\b|[KMGT]i?B\b)?/g;

/** A text without what differs from one time to the next, so that two of one shape are the same thing said twice. */
export function textShape(text: string): string {
  return text.replace(varying, '#');
}
