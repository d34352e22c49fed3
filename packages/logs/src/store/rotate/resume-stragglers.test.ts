import { expect, it } from 'vitest';
import { resumeStragglers } from './resume-stragglers.ts';

it.each([
  ['nobody, where nobody stands still', [false, false, false], []],
  ['who stopped himself at once, and again', [true, true, false], [5, 25]],
  ['who stopped himself late', [false, false, true], [75]],
])('resumes %s after a pause', async (_, stopped, resumed) => {
  let now = 0;
  const looks: number[] = [];
  const resumes: number[] = [];
  await resumeStragglers(
    { groupId: 7, pause: () => true, resume: () => void resumes.push(now) },
    { someStopped: (groupId) => stopped[looks.push(groupId) - 1] ?? false },
    (delayMs) => Promise.resolve((now += delayMs)),
  );
  expect(looks).toEqual([7, 7, 7]);
  expect(resumes).toEqual(resumed);
});
