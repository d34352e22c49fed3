/** An event of the supervisor's journal, a line of JSON, as a line for people; one for debugging shows its facts too. */
export function prettyEvent(line: string): string {
  const { time, level, msg, ...facts } = JSON.parse(line) as {
    readonly time: string;
    readonly level: string;
    readonly msg?: string;
  };
  const shown = level === 'debug' ? ` ${JSON.stringify(facts)}` : '';
  return `${time} ${level.toUpperCase().padEnd(5)} wemixvisor: ${msg ?? ''}${shown}\n`;
}
