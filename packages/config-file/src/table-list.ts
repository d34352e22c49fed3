import { didYouMean } from './did-you-mean.ts';
import type { ValueType } from './value-type.ts';

/** The fields of a table, each with its type. */
export type TableFields = Readonly<
  Record<string, Pick<ValueType<unknown>, 'parse' | 'expected'> & { readonly optional?: boolean }>
>;

/** A list of tables (`[[name]]`) that have these fields and no other, `most` of them; a text is a list in JSON. */
export function tableList<T>(
  fields: TableFields,
  { most, example }: { readonly most: number; readonly example: readonly T[] },
): ValueType<readonly T[]> {
  const names = Object.keys(fields);

  /** What is wrong with the first bad table of a list. */
  function whyNot(list: readonly unknown[]): string | undefined {
    if (list.length > most) return `${list.length} are more than ${most}`;
    const problems = list.map((table) => problemWith(Object(table) as Record<string, unknown>));
    const at = problems.findIndex((problem) => problem !== undefined);
    return at < 0 ? undefined : `number ${at + 1}: ${problems[at] ?? ''}`;
  }

  function problemWith(table: Readonly<Record<string, unknown>>): string | undefined {
    const unknown = Object.keys(table).find((name) => !names.includes(name));
    if (unknown !== undefined)
      return `${unknown} is not a field of it${didYouMean(unknown, names)}`;
    const wrong = names.find((name) => !isRight(fields[name], table[name]));
    return wrong === undefined ? undefined : `its ${wrong} is not ${fields[wrong]?.expected ?? ''}`;
  }

  return {
    parse(value) {
      const list = listIn(value);
      return list !== undefined && whyNot(list) === undefined ? (list as readonly T[]) : undefined;
    },
    why(value) {
      const list = listIn(value);
      return list === undefined ? undefined : whyNot(list);
    },
    placeholder: 'JSON',
    expected: `a list of { ${names.join(', ')} }`,
    example,
  };
}

function isRight(field: TableFields[string] | undefined, value: unknown): boolean {
  return value === undefined ? field?.optional === true : field?.parse(value) !== undefined;
}

function listIn(value: unknown): readonly unknown[] | undefined {
  try {
    const list: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}
