/** An event of the supervisor's journal, a line of JSON, as a readable line; a debug event shows its fields too. */
export function prettyEvent(line: string): string {
  const { time, level, msg, ...fields } = JSON.parse(line) as {
    readonly time: string;
    readonly level: string;
    readonly msg?: string;
  };
  const shown = level === 'debug' ? ` ${JSON.stringify(fields)}` : '';
  return `${time} ${level.toUpperCase().padEnd(5)} wemixvisor: ${msg ?? ''}${shown}\n`;
}

/** The same without its end; a line that is no event, as after a crash during a write, as it is. */
export function prettyText(line: string): string {
  try {
    return prettyEvent(line).slice(0, -1);
  } catch {
    return line;
  }
}
