import type { Cause, Found, Sign } from './cause.ts';
import { table } from './causes.ts';
import type { Diagnosis } from './diagnosis.ts';
import { shortened } from './plain-text.ts';

/** What geth says before the reason (cmd/geth, cmd/utils). */
const introduction =
  /^(Failed to create the protocol stack|Error starting protocol stack|Failed to register the (?:Ethereum|catalyst|GraphQL) service|Failed to write genesis block|Could not open database|Failed to open database|Can't create BlockChain|Failed to set account manager backends|failed to register (?:dev mode )?catalyst service): /;

/** A line that decides, and which kind of line it is. */
export interface Evidence {
  readonly where: Sign['where'];
  readonly text: string;
  readonly shown: string;
}

/** What is known besides the evidence. */
export type Facts = Pick<Found, 'lines' | 'program'>;

/** The diagnosis of the first sign in the table that the evidence matches, or null. */
export function matchCause(evidence: Evidence, facts: Facts): Diagnosis | null {
  for (const cause of table) {
    for (const sign of cause.signs) {
      const groups = matchSign(sign, evidence);
      if (groups === null) continue;
      const found: Found = { ...facts, part: (name) => shortened(groups[name] ?? '', 120) };
      return diagnosisOf(cause.name, {
        summary: sign.summary(found),
        remedy: sign.remedy?.(found) ?? cause.remedy,
        evidence: evidence.shown,
        confidence: sign.confidence ?? 'certain',
      });
    }
  }
  return null;
}

/** The named groups of a sign in the evidence, or null where it is another wording. */
export function matchSign(
  sign: Sign,
  { where, text }: Evidence,
): Readonly<Record<string, string | undefined>> | null {
  if (sign.where !== where) return null;
  const [whole = '', within = ''] = (where === 'fatal' ? introduction.exec(text) : null) ?? [];
  if (sign.within !== undefined && sign.within !== within) return null;
  const match = sign.pattern.exec(text.slice(whole.length));
  return match === null ? null : (match.groups ?? {});
}

/** A diagnosis of the table, its strings cut to what they promise. */
export function diagnosisOf(
  name: string,
  said: Partial<Diagnosis> & Pick<Diagnosis, 'summary'>,
): Diagnosis | null {
  const cause = table.find((each: Cause) => each.name === name);
  if (cause === undefined) return null;
  return {
    cause: name,
    class: cause.class,
    summary: shortened(said.summary, 300),
    remedy: shortened(said.remedy ?? cause.remedy, 400),
    evidence: shortened(said.evidence ?? '', 500),
    confidence: said.confidence ?? 'certain',
  };
}
