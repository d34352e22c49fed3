/** The version of state.json that this program writes; a file of a later version is set aside, never guessed at. */
export const stateSchema = 2;

type Json = Readonly<Record<string, unknown>>;

/**
 * Brings the content of a state.json to the present schema; the value itself where it has it already or has one that is
 * not known. Schema 1 (0.4.0) kept the cause of an exit and the node's last line beside the lifecycle.
 */
export function migrateState(value: unknown): Json {
  const state = objectOf(value);
  return state['schema'] === 1 ? fromSchema1(state) : state;
}

function fromSchema1({ lastLine, killedFor, lifecycle, ...rest }: Json): Json {
  const cause = killedFor === 'asked-for' ? 'forced' : 'grace-period';
  const { lastExit, ...record } = objectOf(lifecycle);
  return {
    ...rest,
    schema: stateSchema,
    lifecycle: {
      ...(record['state'] === 'stopping' ? stoppingFromSchema1(record, cause) : record),
      lastExit: lastExit === null ? null : exitFromSchema1(objectOf(lastExit), cause, lastLine),
    },
  };
}

function stoppingFromSchema1({ killed, ...record }: Json, cause: string): Json {
  return { ...record, killedFor: killed === true ? cause : null };
}

function exitFromSchema1({ asked, forced, ...exit }: Json, cause: string, lastLine: unknown): Json {
  const unforced = asked === true ? 'asked' : 'unasked';
  return {
    ...exit,
    cause: forced === true ? cause : unforced,
    lastLine: typeof lastLine === 'string' ? lastLine : null,
  };
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}
