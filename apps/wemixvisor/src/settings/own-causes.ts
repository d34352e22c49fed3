import type { classifyExit } from '@wemixvisor/diagnosis';
import { valueTypes, type ValueType } from '@wemixvisor/config-file';

type Cause = NonNullable<Parameters<typeof classifyExit>[0]['own']>[number];
/** What an end of the node means that wemixvisor does not know by itself; the pattern is as it was typed. */
export type OwnCause = Omit<Cause, 'pattern'> & { readonly pattern: string };

const { oneOf, regularExpression, tableList, textOf } = valueTypes;
const line = textOf(/^\P{Cc}{1,400}$/u, 'a line of at most 400 characters');

/** Causes of ends that an operator adds. */
export const ownCauses: ValueType<readonly OwnCause[]> = tableList<OwnCause>(
  {
    pattern: regularExpression,
    cause: textOf(/^(?=.{1,60}$)[a-z\d]+(-[a-z\d]+)*$/, 'a name like plugin-licence'),
    class: oneOf('never', 'short', 'retry', 'hold'),
    remedy: line,
    summary: { ...line, optional: true },
  },
  {
    most: 100,
    example: [{ pattern: '^Fatal: licence', cause: 'licence', class: 'never', remedy: 'Renew it' }],
  },
);
