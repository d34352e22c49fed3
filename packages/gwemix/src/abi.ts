/**
 * The few calls of the governance contracts that are read, by the first bytes of the hash of their signature
 * (wemix/governance-contract/contracts of go-wemix w0.10.9; the selectors were computed with `web3.sha3`, and answered).
 */
const selectors = {
  'getContractAddress(bytes32)': '0x0d2020dd',
  'modifiedBlock()': '0x7d10dd1b',
  'ballotLength()': '0xd6f9cfce',
  'getMemberLength()': '0xd965ea00',
  'getMember(uint256)': '0xab3545e5',
  'getVoter(uint256)': '0xd07bff0c',
  'getNode(uint256)': '0x4f0f4aa9',
  'getBallotBasic(uint256)': '0x02b385fb',
  'getBallotMember(uint256)': '0x73df4e01',
  'getBallotVariable(uint256)': '0x1d940da2',
  'getBallotAddress(uint256)': '0x7efa9ae3',
  'hasAlreadyVoted(uint56,address)': '0xf680e555',
} as const;

/** An `eth_call` of a contract at the newest block; arguments are words, as {@link word} makes them. */
export function contractCall(
  to: string,
  signature: keyof typeof selectors,
  ...words: readonly string[]
): { readonly method: string; readonly params: readonly unknown[] } {
  const data = selectors[signature] + words.join('');
  return { method: 'eth_call', params: [{ to, data }, 'latest'] };
}

/** A number or an address as one word of 32 bytes. */
export function word(value: number | string): string {
  const hex = typeof value === 'number' ? value.toString(16) : value.replace(/^0x/, '');
  return hex.toLowerCase().padStart(64, '0');
}

/** A name of at most 32 characters as one word: the letters first. */
export function nameWord(name: string): string {
  return Buffer.from(name, 'latin1').toString('hex').padEnd(64, '0');
}

/** Reads an answer by its words; what is not there is null. */
export interface Answer {
  /** A number of at most 2^53; null beyond. */
  number(at: number): number | null;
  address(at: number): string | null;
  flag(at: number): boolean | null;
  /** A word as hexadecimal digits with 0x. */
  hex(at: number): string | null;
  /** The bytes that a word points to, as hexadecimal digits. */
  bytes(at: number): string | null;
  /** Those bytes as text. */
  text(at: number): string | null;
}

const digitsInWord = 64;

/** Takes an answer of `eth_call` apart; null where it is empty, as that of a contract that is not there. */
export function readAnswer(value: unknown): Answer | null {
  if (typeof value !== 'string' || !/^0x(?:[0-9a-f]{64})+/i.test(value)) return null;
  const digits = value.slice(2).toLowerCase();
  const wordAt = (at: number) => {
    const found = digits.slice(at * digitsInWord, (at + 1) * digitsInWord);
    return found.length === digitsInWord ? found : null;
  };
  const number = (at: number) => {
    const found = Number.parseInt(wordAt(at) ?? 'none', 16);
    return Number.isSafeInteger(found) ? found : null;
  };
  const bytes = (at: number) => {
    const start = number(at);
    const length = start === null ? null : number(start / 32);
    if (start === null || length === null) return null;
    const from = (start + 32) * 2;
    const found = digits.slice(from, from + length * 2);
    return found.length === length * 2 ? found : null;
  };
  return {
    number,
    bytes,
    address: (at) => (wordAt(at) === null ? null : `0x${wordAt(at)?.slice(24)}`),
    flag: (at) => (number(at) === null ? null : number(at) !== 0),
    hex: (at) => (wordAt(at) === null ? null : `0x${wordAt(at)}`),
    text: (at) => {
      const found = bytes(at);
      return found === null ? null : Buffer.from(found, 'hex').toString('utf8');
    },
  };
}
