import type { Operator } from './expression.ts';
import { whereError } from './where-error.ts';

/** A piece of an expression, and where it begins. */
export interface Token {
  readonly type: 'word' | 'quoted' | 'operator' | 'and' | 'or' | 'not' | '(' | ')' | 'end';
  readonly text: string;
  readonly at: number;
}

/** Each way in which an operator may be written. */
const operators: Readonly<Record<string, Operator>> = {
  '=': '=',
  '==': '=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  '~': '~',
  '=~': '~',
  '!~': '!~',
};
/** What is written by mistake, and what is meant. */
const mistaken: Readonly<Record<string, string>> = {
  '===': '=',
  '=>': '>=',
  '=<': '<=',
  '<>': '!=',
  '!==': '!=',
  '~=': '~',
  '=!': '!=',
};
const joints: Readonly<Record<string, Token['type']>> = { '&&': 'and', '||': 'or' };
const keywords: Readonly<Record<string, Token['type']>> = { and: 'and', or: 'or', not: 'not' };

const blank = /\s+/y;
const sign = /[=!<>~]+/y;
const joint = /[&|]+/y;
const word = /[^\s()"'“”‘’=!<>~&|]+/y;

/** Splits an expression into its tokens; the last one is its end. @throws LogsError `BAD_EXPRESSION` */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    blank.lastIndex = at;
    const token = blank.test(text) ? null : tokenAt(text, at);
    if (token === null) at = blank.lastIndex;
    else {
      tokens.push(token.token);
      at = token.end;
    }
  }
  return [...tokens, { type: 'end', text: '', at: text.length }];
}

interface Found {
  readonly token: Token;
  readonly end: number;
}

function tokenAt(text: string, at: number): Found {
  const first = text[at] ?? '';
  if (first === '(' || first === ')')
    return { token: { type: first, text: first, at }, end: at + 1 };
  if (first === '"' || first === "'") return quotedAt(text, at);
  const found = matchAt(word, text, at);
  if (found !== null) {
    const type = keywords[found.toLowerCase()] ?? 'word';
    return { token: { type, text: found, at }, end: at + found.length };
  }
  return signAt(text, at);
}

function signAt(text: string, at: number): Found {
  const signs = matchAt(sign, text, at);
  if (signs !== null) {
    const end = at + signs.length;
    if (signs === '!') return { token: { type: 'not', text: signs, at }, end };
    const operator = operators[signs];
    if (operator !== undefined) return { token: { type: 'operator', text: operator, at }, end };
    const meant = mistaken[signs];
    const known = Object.keys(operators).join(' ');
    throw whereError(
      text,
      at,
      `there is no operator ${signs}: ${meant === undefined ? `use one of ${known}` : `write ${meant}`}`,
    );
  }
  const joined = matchAt(joint, text, at);
  const type = joints[joined ?? ''];
  if (joined === null) throw whereError(text, at, 'write plain quotes: " or \'');
  if (type !== undefined) return { token: { type, text: joined, at }, end: at + joined.length };
  const name = joined.startsWith('&') ? 'and' : 'or';
  throw whereError(text, at, `write "${name}", and quote a pattern that has ${joined} in it`);
}

/** A backslash stands for itself, but for one before the quote, so that patterns are written as they are. */
function quotedAt(text: string, at: number): Found {
  const quote = text[at] ?? '';
  let value = '';
  for (let place = at + 1; place < text.length; place += 1) {
    const character = text[place] ?? '';
    if (character === quote) return { token: { type: 'quoted', text: value, at }, end: place + 1 };
    if (character === '\\' && text[place + 1] === quote) place += 1;
    value += text[place] ?? '';
  }
  throw whereError(text, at, 'this quote is never closed');
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
