import type { RecordedAnswer } from '@wemixvisor/testkit';
import type { Batch } from '../src/batch.ts';

/** The same with other answers for some methods. */
export function changed(
  calls: readonly RecordedAnswer[],
  changes: Readonly<Record<string, (value: never) => unknown>>,
): readonly RecordedAnswer[] {
  return calls.map((call) => {
    const change = changes[call.method];
    if (change === undefined || call.outcome.kind !== 'ok') return call;
    return { ...call, outcome: { kind: 'ok', value: change(call.outcome.value as never) } };
  });
}

/** Answers as the member did; what it was not asked is not offered. */
export function answering(calls: readonly RecordedAnswer[]): Batch {
  return (asked) =>
    Promise.resolve(
      asked.map(({ method, params = [] }) => {
        const wanted = JSON.stringify([method, params]);
        const found = calls.find((one) => JSON.stringify([one.method, one.params]) === wanted);
        return found?.outcome ?? { kind: 'unknown', why: `${method} is not offered` };
      }),
    );
}
