import type { IsOut, Required, Run } from './required.ts';
import { findRun } from './find-run.ts';

/** What is searched for: a row of a class, or a part of a required text and its offset in the text. */
export type Needle = Run | TextNeedle;

/** A part of a required text. */
interface TextNeedle {
  readonly bytes: Buffer;
  readonly offset: number;
  readonly isOut?: IsOut | undefined;
}

/** Needles of which one stands in whatever is searched for, and what it costs to search for them, in nanoseconds a byte. */
export interface Needles {
  readonly needles: readonly Needle[];
  readonly cost: number;
}

/*
 * What a search costs, in nanoseconds, on the machine on which it was measured; only the ratios count. `Buffer.indexOf` looks for the first byte of a needle
 * of up to seven bytes, so its cost is that of passing each of them; a longer one is found by its last byte, in steps of its length.
 */
const passByte = 0.1;
const passFirstByte = 8;
const passByteOfLong = 0.5;
const tryPlace = 800;
const glanceAtPlace = 150;
/** Of a row only each byte at its least length is looked at. */
const passByteOfRun = 1.5;

const mostBytes = 7;
/** Needles that one text becomes in all of its cases. */
const mostCases = 4;
/** Parts of a text that are counted in the sample. */
const mostTried = 16;

/** The needles that are the cheapest in bytes like those of a sample; null where each costs more than `most` nanoseconds a byte. */
export function cheapestNeedles(
  required: Required,
  sample: Buffer,
  most: number = Infinity,
): Needles | null {
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[byte] = (counts[byte] ?? 0) + 1;
  const found = cheapest(required, { sample, counts });
  return found !== null && found.cost <= most ? found : null;
}

interface Judged {
  readonly sample: Buffer;
  /** How often each byte is in it. */
  readonly counts: Uint32Array;
}

function cheapest(required: Required, judged: Judged): Needles | null {
  if ('run' in required) return ofRun(required, judged);
  if ('text' in required) return ofText(required, judged);
  if ('all' in required) {
    const found = required.all.map((each) => cheapest(each, judged));
    return least(found.filter((each) => each !== null));
  }
  const found = required.any.map((each) => cheapest(each, judged));
  return together(found.filter((each) => each !== null));
}

function ofRun(row: Run, { sample }: Judged): Needles {
  let places = 0;
  for (let at = findRun(row, sample, 0); at >= 0; at = findRun(row, sample, at + row.least)) {
    places += 1;
  }
  const trying = (places * tryPlace) / Math.max(1, sample.length);
  return { needles: [row], cost: passByteOfRun / row.least + trying };
}

function least(found: readonly Needles[]): Needles | null {
  const [first, ...others] = found;
  if (first === undefined) return null;
  return others.reduce((best, each) => (each.cost < best.cost ? each : best), first);
}

function together(found: readonly Needles[]): Needles {
  return {
    needles: found.flatMap(({ needles }) => needles),
    cost: found.reduce((sum, { cost }) => sum + cost, 0),
  };
}

/** The cheapest part of a text; null where it has more letters in a row than there may be cases of. */
function ofText(
  { text, ignoreCase = false, isOut }: Extract<Required, { readonly text: string }>,
  judged: Judged,
): Needles | null {
  const whole = Buffer.from(text);
  const parts: TextNeedle[] = [];
  for (let offset = 0; offset === 0 || offset <= whole.length - 2; offset += 1) {
    const to = ignoreCase ? endWithFewCases(whole, offset) : offset + mostBytes;
    const bytes = whole.subarray(offset, to);
    if (bytes.length > 0) parts.push({ bytes, offset, isOut });
  }
  if (!ignoreCase && whole.length > mostBytes) parts.push({ bytes: whole, offset: 0, isOut });
  const cases = parts.map((part) => (ignoreCase ? casesOf(part) : [part]));
  const promising = cases.toSorted((a, b) => passing(a, judged) - passing(b, judged));
  return least(promising.slice(0, mostTried).map((each) => costed(each, judged)));
}

/** Where a part ends that begins at an offset and has as many letters as there may be cases of. */
function endWithFewCases(text: Buffer, offset: number): number {
  let cases = 1;
  let at = offset;
  for (; at < text.length && at < offset + mostBytes; at += 1) {
    if (isLetter(text[at] ?? 0)) cases *= 2;
    if (cases > mostCases) break;
  }
  return at;
}

function casesOf({ bytes, offset }: TextNeedle): readonly TextNeedle[] {
  let found: readonly (readonly number[])[] = [[]];
  for (const byte of bytes) {
    const both = isLetter(byte) ? [byte | 0x20, byte & ~0x20] : [byte];
    found = found.flatMap((before) => both.map((each) => [...before, each]));
  }
  return found.map((each) => ({ bytes: Buffer.from(each), offset }));
}

function isLetter(byte: number): boolean {
  const lower = byte | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** What it costs to pass all bytes of the sample. */
function passing(needles: readonly TextNeedle[], { sample, counts }: Judged): number {
  return needles.reduce((sum, { bytes }) => {
    const isLong = bytes.length > mostBytes;
    const first = (counts[bytes[0] ?? 0] ?? 0) * passFirstByte;
    return sum + (isLong ? sample.length * passByteOfLong : sample.length * passByte + first);
  }, 0);
}

function costed(needles: readonly TextNeedle[], judged: Judged): Needles {
  const { length } = judged.sample;
  const places = needles.reduce((sum, { bytes, isOut }) => {
    return sum + placesOf(bytes, judged) * (isOut === undefined ? tryPlace : glanceAtPlace);
  }, 0);
  return { needles, cost: (passing(needles, judged) + places) / Math.max(1, length) };
}

/** How often some bytes are in the sample, or are to be expected there by how frequent each of them is: the sample may have too few to tell. */
function placesOf(bytes: Buffer, { sample, counts }: Judged): number {
  const expected = bytes.reduce(
    (places, byte) => (places * (counts[byte] ?? 0)) / Math.max(1, sample.length),
    sample.length,
  );
  return Math.max(expected, countIn(sample, bytes));
}

function countIn(sample: Buffer, bytes: Buffer): number {
  let count = 0;
  for (let at = sample.indexOf(bytes); at >= 0; at = sample.indexOf(bytes, at + 1)) count += 1;
  return count;
}
