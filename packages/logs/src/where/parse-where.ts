import type { Expression, Operator } from './expression.ts';
import { tokensOf, type Token } from './tokens.ts';
import { whereError } from './where-error.ts';

/** Parentheses within one another; more are a mistake, and each takes a place on the stack. */
const deepest = 100;

/*
 * The grammar:
 *
 *   expression = all { ("or" | "||") all }
 *   all        = one { ("and" | "&&") one }
 *   one        = ("not" | "!") one | "(" expression ")" | KEY [ operator VALUE ]
 *   operator   = "=" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "~" | "=~" | "!~"
 *
 * A KEY or VALUE is a word, or text in quotes of either kind.
 */

/** Reads an expression. @throws LogsError `BAD_EXPRESSION`, which shows the place */
export function parseWhere(text: string): Expression {
  const parser = new Parser(text);
  const expression = parser.expression();
  parser.finish();
  return expression;
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  expression(): Expression {
    return this.#joined('or', () => this.#joined('and', () => this.#one()));
  }

  /** Refuses what follows a whole expression. */
  finish(): void {
    const { type, text } = this.#next;
    if (type === 'end') return;
    if (type === ')') throw this.#error('there is no ( for this )');
    const isValue = type === 'word' || type === 'quoted';
    throw this.#error(
      isValue
        ? `write "and" or "or" before "${text}", or quotes around a value of several words`
        : `"${text}" has nothing before it to compare`,
    );
  }

  #joined(kind: 'and' | 'or', next: () => Expression): Expression {
    const of = [next()];
    while (this.#next.type === kind) {
      this.#at += 1;
      of.push(next());
    }
    const [first] = of;
    return of.length === 1 && first !== undefined ? first : { kind, of };
  }

  #one(): Expression {
    const { type } = this.#next;
    if (type !== 'not' && type !== '(') return this.#comparison();
    this.#depth += 1;
    if (this.#depth > deepest) throw this.#error(`more than ${deepest} parentheses or "not"`);
    const open = this.#take();
    const of = type === 'not' ? this.#one() : this.expression();
    this.#depth -= 1;
    if (type === 'not') return { kind: 'not', of };
    if (this.#next.type !== ')') {
      if (this.#next.type === 'end') throw this.#error('this ( is never closed', open.at);
      this.finish();
    }
    this.#at += 1;
    return of;
  }

  #comparison(): Expression {
    const key = this.#take();
    if (key.type !== 'word' && key.type !== 'quoted') {
      throw this.#error(this.#expectedKey(key), key.at);
    }
    const operator = this.#next;
    if (operator.type !== 'operator') {
      if (key.type === 'word') return { kind: 'has', key: key.text };
      throw this.#error('a text alone is no condition: write --message or --grep for it', key.at);
    }
    if (key.type === 'word' && /^\d[\d,._]*$/.test(key.text)) {
      throw this.#error(
        `"${key.text}" is no key: the key comes first, as in number>24000000`,
        key.at,
      );
    }
    this.#at += 1;
    const value = this.#take();
    if (!isValue(value)) {
      throw this.#error(`a value is missing after ${key.text}${operator.text}`, value.at);
    }
    return {
      kind: 'compare',
      key: key.text,
      operator: operator.text as Operator,
      value: value.text,
      valueAt: value.at,
    };
  }

  #expectedKey({ type, text }: Token): string {
    if (this.#tokens.length === 1) return 'the expression is empty: write one like peercount<3';
    if (type === 'end') return 'a condition is missing at the end';
    return `a key is missing before "${text}"`;
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { type: 'end', text: '', at: this.#text.length };
  }

  #take(): Token {
    const token = this.#next;
    this.#at += 1;
    return token;
  }

  #error(reason: string, at: number = this.#next.at) {
    return whereError(this.#text, at, reason);
  }
}

/** `and`, `or` and `not` after an operator are values only in quotes. */
function isValue({ type }: Token): boolean {
  return type === 'word' || type === 'quoted';
}
