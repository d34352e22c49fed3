import type { Look, Part, Place, Repeat } from './pattern-parts.ts';

/** A step of a pattern; `next` is where it goes on. */
export type Node =
  /** `test` is the number of the one that the unit must pass. */
  | { readonly kind: 'unit'; readonly test: number; readonly next: number }
  | { readonly kind: 'place'; readonly place: Place; readonly next: number }
  | { readonly kind: 'fork'; next: readonly number[] }
  /** What lies ahead matches, or does not, from the node `inner` on. */
  | {
      readonly kind: 'ahead';
      readonly inner: number;
      readonly negated: boolean;
      readonly next: number;
    }
  /** What lies before matches, or does not, up to the end of that number. */
  | {
      readonly kind: 'behind';
      readonly end: number;
      readonly negated: boolean;
      readonly next: number;
    }
  /** Of the pattern or something ahead of it: `behind` is false; else of something that stands before. */
  | { readonly kind: 'end'; readonly behind: boolean };

/** A pattern as steps. */
export interface Nodes {
  readonly nodes: readonly Node[];
  /** What a single unit is tried with. */
  readonly tests: readonly RegExp[];
  /** Where it begins. */
  readonly start: number;
  /** Where each of what is to stand before begins, inner ones first: all are looked for everywhere. */
  readonly behind: readonly number[];
}

/** A pattern with more steps, its counts written out, is refused. */
const mostNodes = 2000;

/** Writes a pattern out as steps; null when there are too many, or when what is to stand before looks ahead. */
export function nodesOf(pattern: Part, ignoreCase: boolean): Nodes | null {
  const nodes: Node[] = [];
  const behind: number[] = [];
  const tests = new Map<string, number>();
  let isRefused = false;
  const isFull = (): boolean => (isRefused ||= nodes.length > mostNodes);
  const add = (node: Node): number => nodes.push(node) - 1;
  const testFor = (source: string): number => {
    const test = tests.get(source) ?? tests.size;
    tests.set(source, test);
    return test;
  };
  const end = add({ kind: 'end', behind: false });

  const before = (part: Part, next: number): number => {
    switch (part.kind) {
      case 'unit':
        return add({ kind: 'unit', test: testFor(part.source), next });
      case 'place':
        return add({ kind: 'place', place: part.place, next });
      case 'sequence':
        return part.parts.reduceRight((following, each) => before(each, following), next);
      case 'choice':
        return add({ kind: 'fork', next: part.parts.map((each) => before(each, next)) });
      case 'repeat':
        return repeated(part, next);
      case 'look':
        return looked(part, next);
    }
  };
  const repeated = ({ part, least, most }: Repeat, next: number): number => {
    let entry = next;
    if (most === Infinity) {
      const fork: Node = { kind: 'fork', next: [] };
      entry = add(fork);
      fork.next = [before(part, entry), next];
    }
    for (let more = least; more < most && most < Infinity && !isFull(); more += 1) {
      entry = add({ kind: 'fork', next: [before(part, entry), next] });
    }
    for (let times = 0; times < least && !isFull(); times += 1) entry = before(part, entry);
    return entry;
  };
  const looked = ({ ahead, negated, part }: Look, next: number): number => {
    if (ahead) return add({ kind: 'ahead', inner: before(part, end), negated, next });
    isRefused ||= looksAhead(part);
    const own = add({ kind: 'end', behind: true });
    behind.push(before(part, own));
    return add({ kind: 'behind', end: own, negated, next });
  };
  const start = before(pattern, end);
  if (isFull()) return null;
  const flags = ignoreCase ? 'i' : '';
  return {
    nodes,
    tests: Array.from(tests.keys(), (source) => new RegExp(`^${source}$`, flags)),
    start,
    behind,
  };
}

function looksAhead(part: Part): boolean {
  if ('parts' in part) return part.parts.some(looksAhead);
  if ('part' in part) return (part.kind === 'look' && part.ahead) || looksAhead(part.part);
  return false;
}
