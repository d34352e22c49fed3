import { readFileSync } from 'node:fs';

/** One call and what a real node answered. */
export interface RecordedAnswer {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly outcome:
    | { readonly kind: 'ok'; readonly value: unknown }
    | { readonly kind: 'unknown'; readonly why: string }
    | { readonly kind: 'failed'; readonly why: string; readonly cause: string };
}

/**
 * What a member of a WEMIX network answered in one state of it: gwemix 0.10.9, the leader of three on loopback, with one ballot that
 * would remove it. For the control file of {@link fakeGeth}, as `answers`.
 */
export function recordedAnswers(
  name: 'three-members' | 'one-down' | 'no-quorum',
): readonly RecordedAnswer[] {
  const file = new URL(`../recorded/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as readonly RecordedAnswer[];
}
