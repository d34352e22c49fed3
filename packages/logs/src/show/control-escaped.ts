/** JSON in which the control characters beyond ASCII are escaped too: a terminal obeys them. */
export function controlEscaped(json: string): string {
  return json.replaceAll(/[\u007f-\u009f]/g, (found) => {
    return `\\u00${found.charCodeAt(0).toString(16)}`;
  });
}
