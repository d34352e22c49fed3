/** A fenced block of a page. */
export interface Snippet {
  /** The line of its fence, from 1. */
  readonly line: number;
  /** The first word behind the fence. */
  readonly language: string;
  /** What stands behind that, as in `output` or `skip: needs Docker`. */
  readonly note: string;
  readonly code: string;
}

/** The fenced blocks of a page, in order. */
export function snippetsOf(page: string): readonly Snippet[] {
  const fenced = /^ *```(\w*) *([^\n]*)\n(.*?)^ *```$/gms;
  return [...page.matchAll(fenced)].map(
    ({ index, 1: language = '', 2: note = '', 3: code = '' }) => ({
      line: page.slice(0, index).split('\n').length,
      language,
      note,
      code,
    }),
  );
}

/** One command of a `sh` block and the exit code that it promises: 0, or what `# exits N` says. */
export interface Step {
  readonly line: number;
  readonly command: string;
  readonly exits: number;
}

/** The commands of a `sh` block; a backslash at the end of a line goes on in the next. */
export function stepsOf({ line, code }: Snippet): readonly Step[] {
  const lines = code.replaceAll('\\\n', '\\\0').split('\n');
  let at = line;
  return lines.flatMap((text) => {
    const first = at + 1;
    at += text.split('\0').length;
    const command = text.replaceAll('\0', '\n');
    if (/^\s*(#|$)/.test(command)) return [];
    return [{ line: first, command, exits: Number(/# exits (\d+)$/.exec(command)?.[1] ?? 0) }];
  });
}

/**
 * A line of output without what differs from run to run: numbers, spans of time, the system, the width of columns.
 * The folder that a page calls `/home/op` is the home of its session.
 */
export function shapeOfLine(line: string, home: string): string {
  return line
    .replaceAll(home, '/home/op')
    .replaceAll(/\b\d+(\.\d+)?(ms|[smhd])\b( \d+(ms|[smhd])\b)*/g, '0s')
    .replaceAll(/\d+(\.\d+)?/g, '0')
    .replaceAll('darwin', 'linux')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** The fields of shown JSON that the real one lacks or has of another type; null on either side fits everything. */
export function strayFields(shown: unknown, real: unknown, path = 'it'): readonly string[] {
  if (shown === null || real === null) return [];
  if (typeof shown !== typeof real || Array.isArray(shown) !== Array.isArray(real)) return [path];
  if (Array.isArray(shown) && Array.isArray(real)) {
    const both = shown.length > 0 && real.length > 0;
    return both ? strayFields(shown[0], real[0], `${path}[0]`) : [];
  }
  if (typeof shown !== 'object') return [];
  const fields = real as Readonly<Record<string, unknown>>;
  return Object.entries(shown).flatMap(([key, value]) =>
    strayFields(value, fields[key], `${path}.${key}`),
  );
}
