import { readFileSync } from 'node:fs';
import type { Batch } from '../src/batch.ts';

/** One call and its answer, as a real member gave it (gwemix 0.10.9, three members on loopback). */
export interface Recorded {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly outcome: Awaited<ReturnType<Batch>>[number];
}

/** What a member answered in one state of its network. */
export function recorded(name: 'three-members' | 'one-down' | 'no-quorum'): readonly Recorded[] {
  const file = new URL(`recorded/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as readonly Recorded[];
}

/** The same with other answers for some methods. */
export function changed(
  calls: readonly Recorded[],
  changes: Readonly<Record<string, (value: never) => unknown>>,
): readonly Recorded[] {
  return calls.map((call) => {
    const change = changes[call.method];
    if (change === undefined || call.outcome.kind !== 'ok') return call;
    return { ...call, outcome: { kind: 'ok', value: change(call.outcome.value as never) } };
  });
}

/** Answers as the member did; what it was not asked is not offered. */
export function answering(calls: readonly Recorded[]): Batch {
  return (asked) =>
    Promise.resolve(
      asked.map(({ method, params = [] }) => {
        const wanted = JSON.stringify([method, params]);
        const found = calls.find((one) => JSON.stringify([one.method, one.params]) === wanted);
        return found?.outcome ?? { kind: 'unknown', why: `${method} is not offered` };
      }),
    );
}
