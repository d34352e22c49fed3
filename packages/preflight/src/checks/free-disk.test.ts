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
  const launch = { minimumFreeDiskBytes: 10 * mebibyte };
  const problems = checkFreeDisk('/srv/data', launch, { ...fakeMachine(), freeBytes });
  const rest = ', and the node stops itself below 10 MiB';
  expect(
    problems.map(({ check, severity, message }) => `${severity} ${check}: ${message}`),
  ).toEqual(found.map((words) => words + rest));
  expect(problems.map(({ remedy }) => remedy)).toEqual(
    found.map(() => 'make room before the start; --datadir.minfreedisk sets the limit, in MB'),
  );
  expect(asked).toEqual(['/srv']);
});

it.each([
  [30 * mebibyte, []],
  [30 * mebibyte - 1, ['error']],
])('asks for the room of what the node adds, beside the limit: %i bytes free', (free, found) => {
  const launch = { minimumFreeDiskBytes: 10 * mebibyte, growthBytes: 20 * mebibyte };
  const problems = checkFreeDisk('/srv/data', launch, { ...fakeMachine(), freeBytes: () => free });
  expect(problems.map(({ severity }) => severity)).toEqual(found);
  for (const { message } of problems) {
    expect(message).toBe(
      '29.9 MiB free for /srv/data, and this release adds about 20 MiB to the data soon after its start',
    );
  }
});

it('asks nothing where there is no limit', () => {
  const ports = { ...fakeMachine(), freeBytes: () => 0 };
  expect(checkFreeDisk('/srv/data', { minimumFreeDiskBytes: null }, ports)).toEqual([]);
  expect(checkFreeDisk('/srv/data', {}, ports)).toEqual([]);
});
