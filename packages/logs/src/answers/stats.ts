import { keyText, valueText } from '../fields/field-text.ts';
import { createRecordReader, type RecordReader, type Value } from '../fields/record-reader.ts';
import { fieldStride, written } from '../fields/record-parts.ts';
import { candidateOf, type LogRecord } from '../read/record/log-record.ts';
import { readMeasure, measureOf, type Measure } from '../where/measure.ts';
import { createDigest } from './digest.ts';
import { statsJson, statsText, type KeyNumbers, type Stats } from './stats-views.ts';
import type { LogSummary } from './log-summary.ts';
import { createTally, see, type Seen } from './tally.ts';

/** Distinct levels, messages or values that are counted by themselves. */
const mostGroups = 1000;
/** Keys with numbers whose percentiles are kept. */
const mostKeys = 64;

const measure: Measure = { kind: 'number', value: 0 };

/** Counts, rates, first and last times, in all and by group, and the percentiles of keys with numbers. */
export function createStats(by: string | null): LogSummary {
  const reader = createRecordReader();
  const total: Seen = { count: 0, firstMs: NaN, lastMs: NaN };
  const groups = createTally<Seen>(mostGroups);
  const keys = new Map<string, KeyNumbers>();
  const groupOf = grouping(by ?? 'level', reader);
  let hasMoreKeys = false;
  const addNumber = (key: string, { kind, value }: Measure): void => {
    let numbers = keys.get(key);
    if (numbers === undefined && keys.size >= mostKeys) {
      hasMoreKeys = true;
      return;
    }
    numbers ??= { kind, digest: createDigest() };
    keys.set(key, numbers);
    // A 0 has no unit in every format.
    if (numbers.kind === kind || value === 0) numbers.digest.add(value);
  };
  const stats = (): Stats => ({ by, total, groups, keys, hasMoreKeys });
  return {
    add(_source, record) {
      const candidate = candidateOf(record);
      reader.open(candidate);
      const timeMs = reader.timeMs();
      see(total, timeMs);
      const group = groupOf();
      if (group !== null) groups.add(group, timeMs, () => ({}));
      addNumbers(reader, candidate.bytes, record, addNumber);
    },
    text: ({ columns }) => statsText(stats(), columns),
    json: () => statsJson(stats()),
  };
}

/** What a record is counted by; null where it has no such key. */
function grouping(by: string, reader: RecordReader): () => string | null {
  if (by === 'level') return () => reader.level() ?? 'none';
  if (by === 'message') return () => reader.message();
  const key = { text: by, bytes: Buffer.from(by) };
  const value: Value = { bytes: Buffer.alloc(0), from: 0, to: 0 };
  return () =>
    reader.field(key, value) ? value.bytes.toString('utf8', value.from, value.to) : null;
}

function addNumbers(
  reader: RecordReader,
  bytes: Buffer,
  record: LogRecord,
  add: (key: string, measure: Measure) => void,
): void {
  const parts = reader.parts();
  if (parts === null) {
    for (const [key, text] of Object.entries(record.fields)) {
      const found = measureOf(text);
      if (found !== null) add(key, found);
    }
    return;
  }
  const { fields, count } = parts;
  for (let field = 0; field < count; field += 1) {
    const at = field * fieldStride;
    if (fields[at + 4] === written.plain) {
      if (!readMeasure(bytes, fields[at + 2] ?? 0, fields[at + 3] ?? 0, measure)) continue;
      add(keyText(bytes, parts, field), measure);
    } else {
      const found = measureOf(valueText(bytes, parts, field));
      if (found !== null) add(keyText(bytes, parts, field), found);
    }
  }
}
