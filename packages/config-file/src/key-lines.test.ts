import { describe, expect, it } from 'vitest';
import { keyLines } from './key-lines.ts';

const text = `# a comment [health]
title = "no = key"

[node] # with a comment
env.GOGC = "50"
args = [
  "restart.max = 3",
  # in between
]
note = """
[restart]
max = 3
"""
[restart]
"max" = 3
health = { min_peers = 2 }
[[list]]
a = 1
[node.env]
b = 1
`;

describe('keyLines', () => {
  it('finds each key on the line on which its statement begins', () => {
    expect(Object.fromEntries(keyLines(text))).toEqual({
      title: 2,
      node: 4,
      'node.env': 5,
      'node.env.GOGC': 5,
      'node.args': 6,
      'node.note': 10,
      restart: 14,
      'restart.max': 15,
      'restart.health': 16,
      'restart.health.min_peers': 16,
      list: 17,
      'list.a': 18,
      'node.env.b': 20,
    });
  });

  it('does not mind the line ends of other systems', () => {
    expect(keyLines('[a]\r\nb = 1\r\n').get('a.b')).toBe(2);
  });
});
