import { expect, it } from 'vitest';
import { fakeMachine } from '../../test/fake-machine.ts';
import { checkFreeDisk } from './free-disk.ts';

const mebibyte = 1024 ** 2;

it.each([
  [20 * mebibyte, []],
  [20 * mebibyte - 1, ['warning disk: 19.9 MiB free for /srv/data']],
  [10 * mebibyte, ['warning disk: 10 MiB free for /srv/data']],
  [10 * mebibyte - 1, ['error disk: 9.9 MiB free for /srv/data']],
])('the check of the disk, with a limit of 10 MiB and %i bytes free, finds %j', (free, found) => {
  const asked: string[] = [];
  const freeBytes = (path: string) => {
    asked.push(path);
    return free;
  };
  const problems = checkFreeDisk('/srv/data', 10 * mebibyte, { ...fakeMachine(), freeBytes });
  const rest = ', and the node stops itself below 10 MiB';
  expect(
    problems.map(({ check, severity, message }) => `${severity} ${check}: ${message}`),
  ).toEqual(found.map((words) => words + rest));
  expect(problems.map(({ remedy }) => remedy)).toEqual(
    found.map(() => 'make room before the start; --datadir.minfreedisk sets the limit, in MB'),
  );
  expect(asked).toEqual(['/srv']);
});
