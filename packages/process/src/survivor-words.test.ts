import { expect, it } from 'vitest';
import { namesOf, outlivedWords, strayWords } from './survivor-words.ts';

const one = (pid: number, executable: string | null = '/usr/bin/geth') => ({
  pid,
  startTime: '1',
  bootId: 'b',
  executable,
});

it.each([
  [[one(1)], 'geth (1)'],
  [[one(1), one(2, '/bin/dash')], 'geth (1) and dash (2)'],
  [[one(1, '/opt/a\u001b[2Jb\n')], 'a?[2Jb? (1)'],
  [[one(1, '/opt/geth (deleted)'), one(2, null), one(3)], 'geth (1), a process (2) and geth (3)'],
  [[1, 2, 3, 4, 5].map((pid) => one(pid)), 'geth (1), geth (2), geth (3), geth (4) and geth (5)'],
  [
    [1, 2, 3, 4, 5, 6, 7].map((pid) => one(pid)),
    'geth (1), geth (2), geth (3), geth (4), geth (5) and 2 more',
  ],
])('names processes by program and pid', (processes, expected) => {
  expect(namesOf(processes)).toBe(expected);
});

it('says who outlived a first process, and nothing where nobody did', () => {
  expect(outlivedWords([one(7)])).toBe(
    '; its first process was outlived by geth (7), which was asked to end too',
  );
  expect(outlivedWords([one(7), one(8)])).toContain('geth (7) and geth (8), which were asked');
  expect(outlivedWords([])).toBe('');
  expect(outlivedWords()).toBe('');
});

it('says who left the session and what to do', () => {
  expect(strayWords([one(7)])).toBe(
    'geth (7) left the session of the node and still writes to its log, so it is neither watched nor signalled: stop that (kill -TERM 7, and wait until it has gone), then start the node in the foreground, without setsid, nohup or an option that makes it a daemon',
  );
  expect(strayWords([one(7), one(8)])).toMatch(
    /still write .* so they are .*kill -TERM 7 8, and wait until they have gone/,
  );
});
