import { createRecordReader } from '../fields/record-reader.ts';
import { candidateOf, type LogRecord } from '../read/record/log-record.ts';
import { clock, grouped } from './format-values.ts';
import { oneLine } from './table.ts';
import { firstLine, recordShape } from './record-shape.ts';

/** Kinds of lines that may take turns and are still folded; a geth that makes blocks repeats five. */
const mostKinds = 8;

/** Leaves out lines that repeat the ones before them, and says how many they were. */
export interface Fold {
  /** Takes a record: what to show before it, and whether to show the record itself. */
  take(record: LogRecord): { readonly before: string; readonly isShown: boolean };
  /** What is to be shown at the end. */
  end(): string;
}

interface Kind {
  readonly name: string;
  readonly text: string;
  folded: number;
  lastMs: number;
}

/**
 * Folds repeated lines: those that differ from one of the last eight kinds only by numbers, hashes and addresses are counted instead of shown. What was
 * counted is said in a line before the next new one.
 */
export function createFold(): Fold {
  const reader = createRecordReader();
  let kinds: Kind[] = [];
  const folded = (): string => {
    const told = kinds
      .filter((kind) => kind.folded > 0)
      .map(wordsFor)
      .join('');
    kinds.forEach((kind) => (kind.folded = 0));
    return told;
  };
  return {
    take(record) {
      reader.open(candidateOf(record));
      const message = firstLine(reader);
      const name = recordShape(reader);
      const known = kinds.find((kind) => kind.name === name);
      if (known === undefined) {
        const before = folded();
        kinds = [...kinds, { name, text: message, folded: 0, lastMs: NaN }].slice(-mostKinds);
        return { before, isShown: true };
      }
      known.folded += 1;
      known.lastMs = reader.timeMs();
      return { before: '', isShown: false };
    },
    end: folded,
  };
}

function wordsFor({ text, folded, lastMs }: Kind): string {
  const until = Number.isNaN(lastMs) ? '' : `, until ${clock(lastMs)}`;
  return `  … ${grouped(folded)} more: ${oneLine(text) || '(empty)'}${until}\n`;
}
