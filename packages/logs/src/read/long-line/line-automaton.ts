import { createAlphabet, end, type Letter, type Neighbour } from './alphabet.ts';
import { all, always, any, fromNode, never, not, type Formula } from './formula.ts';
import type { Node, Nodes } from './pattern-nodes.ts';
import type { Place } from './pattern-parts.ts';

/** Tells whether a pattern matches in a text that comes in pieces. */
export type MatchesPieces = (text: Iterable<string>) => boolean;

/** What all states that are kept may weigh, about bytes. */
const mostWeight = 1_000_000;
/** What a state weighs, besides two bytes for each character of its key. */
const stateWeight = 300;

/** What the units so far have led to. */
interface State {
  /** What must come true of the text that follows, unless a match begins in it. */
  readonly formula: Formula;
  /** The same for each of what is to stand before. */
  readonly behind: readonly Formula[];
  readonly before: Neighbour;
  /** Where each letter leads, once it has come up. */
  next: (State | undefined)[];
}

/** A place in the text. */
interface Here {
  readonly letter: Letter;
  readonly before: Neighbour;
  /** What stands before has come to these ends. */
  readonly ended: Set<number>;
}

/**
 * A search unit by unit, as a finite automaton whose states are made when they come up: it needs the text neither whole nor again. What looks
 * ahead is a condition on the text that follows; what looks behind is searched for all along.
 */
export function lineAutomaton({ nodes, tests, start, behind }: Nodes): MatchesPieces {
  const alphabet = createAlphabet(tests);
  const matched: State = { formula: always, behind: [], before: 'edge', next: [] };
  const nothing = behind.map(() => never);
  const first: State = { formula: never, behind: nothing, before: 'edge', next: [] };
  const known = new Map<string, State>();
  let weight = 0;

  const after = (state: State, letter: Letter): State => {
    const here: Here = { letter, before: state.before, ended: new Set() };
    const go = (formula: Formula, from: number): Formula =>
      oneOf((either) => {
        advance(nodes, formula, here, either);
        leave(nodes, from, here, either);
      });
    const ofBehind = behind.map((from, at) => go(state.behind[at] ?? never, from));
    const formula = go(state.formula, start);
    if (formula === always) return matched;
    return { formula, behind: ofBehind, before: letter.neighbour, next: [] };
  };
  const step = (state: State, letter: number): State => {
    const found = after(state, alphabet.letters[letter] ?? end);
    const key = keyOf(found);
    const same = found === matched ? matched : known.get(key);
    if (same !== undefined) return (state.next[letter] = same);
    // Others are made again each time: to forget old ones for them would leave megabytes of garbage.
    if (weight > mostWeight) return found;
    weight += stateWeight + 2 * key.length;
    known.set(key, found);
    return (state.next[letter] = found);
  };
  return (text) => {
    let state = first;
    for (const piece of text) {
      for (let at = 0; at < piece.length; at += 1) {
        const letter = alphabet.letterAt(piece.charCodeAt(at));
        state = state.next[letter] ?? step(state, letter);
        if (state === matched) return true;
      }
    }
    return after(state, end) === matched;
  };
}

const keyOf = ({ before, formula, behind }: State): string =>
  [before, formula.key, ...behind.map(({ key }) => key)].join(' ');

/** What is found of which one must come true, and the steps that were looked at for it: none adds to it twice. */
interface Either {
  readonly found: Formula[];
  readonly seen: Set<number>;
}

function oneOf(find: (either: Either) => void, seen: Iterable<number> = []): Formula {
  const either: Either = { found: [], seen: new Set(seen) };
  find(either);
  return any(either.found);
}

/** What a formula comes to with the unit that is here. */
function advance(nodes: readonly Node[], formula: Formula, here: Here, either: Either): void {
  const alone = (part: Formula): Formula =>
    oneOf((inner) => {
      advance(nodes, part, here, inner);
    });
  switch (formula.kind) {
    case 'node':
      leave(nodes, formula.node, here, either);
      break;
    case 'any':
      for (const part of formula.parts) advance(nodes, part, here, either);
      break;
    case 'all':
      either.found.push(all(formula.parts.map(alone)));
      break;
    case 'not':
      either.found.push(not(alone(formula.part)));
      break;
    case 'always':
    case 'never':
      either.found.push(formula);
  }
}

/** Where a step leads with the unit that is here. */
function leave(nodes: readonly Node[], at: number, here: Here, either: Either): void {
  const node = nodes[at];
  if (node === undefined || either.seen.has(at)) return;
  either.seen.add(at);
  const following = (next: number, seen?: Iterable<number>): Formula =>
    oneOf((inner) => {
      leave(nodes, next, here, inner);
    }, seen);
  switch (node.kind) {
    case 'unit':
      if (here.letter.passes[node.test] === true) either.found.push(fromNode(node.next));
      break;
    case 'place':
      if (isAt(node.place, here)) leave(nodes, node.next, here, either);
      break;
    case 'fork':
      for (const each of node.next) leave(nodes, each, here, either);
      break;
    case 'ahead': {
      const inner = following(node.inner);
      // What was seen stands beside this already, without a condition.
      const rest = following(node.next, either.seen);
      either.found.push(all([node.negated ? not(inner) : inner, rest]));
      break;
    }
    case 'behind':
      if (here.ended.has(node.end) !== node.negated) leave(nodes, node.next, here, either);
      break;
    case 'end':
      if (node.behind) here.ended.add(at);
      else either.found.push(always);
  }
}

function isAt(place: Place, { before, letter: { neighbour: after } }: Here): boolean {
  if (place === '^') return before === 'edge';
  if (place === '$') return after === 'edge';
  return (before === 'word') !== (after === 'word') ? place === '\\b' : place === '\\B';
}
