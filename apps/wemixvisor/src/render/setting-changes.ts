/** What of new settings is in force and what has to wait, a line each; empty where nothing has changed. */
export function renderSettingChanges({
  applied,
  at_next_start: later,
}: {
  readonly applied: readonly string[];
  readonly at_next_start: readonly string[];
}): string {
  return [
    ...titled('applied now:', applied),
    ...titled('applied by the next start of the node (wemixvisor restart):', later),
  ].join('\n');
}

/** Lines under a title; nothing where there are none. */
export function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
