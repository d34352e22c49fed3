/** What roff would take for something else than itself. A hyphen must stay one, so that an option can be copied. */
const escapes: Readonly<Record<string, string>> = {
  '\\': String.raw`\(rs`,
  '-': String.raw`\-`,
  "'": String.raw`\(aq`,
  '"': String.raw`\(dq`,
  '`': String.raw`\(ga`,
  '^': String.raw`\(ha`,
  '~': String.raw`\(ti`,
  '…': '...',
};

/** A text as roff shows it unchanged, within a line. */
function literal(text: string): string {
  return text.replaceAll(/[\\\-'"`^~]|[^ -~]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return (
      escapes[character] ?? String.raw`\[u${code.toString(16).toUpperCase().padStart(4, '0')}]`
    );
  });
}

/** A line that roff takes for no request. */
const line = (roff: string) => (roff.startsWith('.') ? String.raw`\&${roff}` : roff);

const bold = (text: string) => String.raw`\fB${literal(text)}\fR`;
const italic = (text: string) => String.raw`\fI${literal(text)}\fR`;

/** A sentence in which `code` stands between backticks. */
export function prose(text: string): string {
  const parts = text.split('`').map((part, at) => (at % 2 === 1 ? bold(part) : literal(part)));
  return line(parts.join(''));
}

/** A usage or an option, as in `-n, --lines N`: what is typed as it stands is bold, what is filled in italic. */
export function usage(text: string): string {
  const parts = text.split(/((?:--?)?[A-Za-z][\w-]*|--)/).map((part, at) => {
    if (at % 2 === 0) return literal(part);
    return /^[A-Z]|^options$/.test(part) ? italic(part) : bold(part);
  });
  return line(parts.join(''));
}

/**
 * The head of a page of section 1. It bears no date: the same source makes the same page. Lines are not hyphenated, so that no
 * name is broken, and so not justified either.
 */
export function head(name: string, version: string): readonly string[] {
  const footer = `"wemixvisor ${literal(version)}" "wemixvisor manual"`;
  return [`.TH ${literal(name.toUpperCase())} 1 "" ${footer}`, '.nh', '.ad l'];
}

/** A section; nothing where it has no lines. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  const [first, ...rest] = lines;
  if (first === undefined) return [];
  // A section begins a paragraph by itself.
  return [`.SH ${title}`, ...(first === '.PP' ? rest : lines)];
}

/** Paragraphs of prose. */
export function paragraphs(texts: readonly string[]): readonly string[] {
  return texts.flatMap((text) => ['.PP', prose(text)]);
}

/** Lines of roff text, none of which is filled up with the next. */
export function lineByLine(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line, at) => (at === 0 ? [line] : ['.br', line]));
}

/** A term as it is to be shown, and indented below it what is said of it, each text on a line of its own. */
export function item(term: string, texts: readonly string[]): readonly string[] {
  return ['.TP', term, ...lineByLine(texts.map(prose))];
}

/** A command line that is shown as it is typed, over several lines where it is long. */
export function commandLine(command: string): readonly string[] {
  const [first = '', ...rest] = brokenLine(command).map(literal);
  return ['.RS 4', '.nf', line(first), ...rest.map((more) => `    ${more}`), '.fi', '.RE'];
}

/** What has room in an example on a terminal of 80 columns. */
const room = 67;

/** A command line in pieces that a shell reads as one; a redirection stays with its file. */
function brokenLine(command: string): readonly string[] {
  if (command.length <= room) return [command];
  const words = command.match(/> \S+|(?:"[^"]*"|'[^']*'|\S)+/g) ?? [];
  const pieces: string[] = [];
  for (const word of words) {
    const piece = pieces.at(-1);
    if (piece === undefined || piece.length + ` ${word} \\`.length > room) pieces.push(word);
    else pieces[pieces.length - 1] = `${piece} ${word}`;
  }
  return pieces.map((piece, at) => (at < pieces.length - 1 ? `${piece} \\` : piece));
}
