/** An event of the supervisor's journal, a line of JSON, as a line for people. */
export function prettyEvent(line: string): string {
  const { time, level, msg } = JSON.parse(line) as { time: string; level: string; msg?: string };
  return `${time} ${level.toUpperCase().padEnd(5)} wemixvisor: ${msg ?? ''}\n`;
}
