import { messageOf } from '../app-error.ts';
import type { SampleSeries } from '../report/sample-series.ts';
import { readSamples, type writeSamples } from '../state/samples-file.ts';

/** Keeps the samples of a home on disk. */
export interface SamplesKeeper {
  /** Writes what there is; a failure is told once, until a write succeeds. */
  save(): void;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

/** What a keeper of samples works with. */
export interface SamplesKeeperParts {
  readonly series: SampleSeries;
  readonly file: string;
  /** Resolves when the home is another supervisor's: nothing is written any more. */
  readonly lost: Promise<string>;
  readonly notice: (text: string) => void;
  readonly write: typeof writeSamples;
}

/** Fills the series with what an earlier supervisor left, and writes it from then on. */
export function createSamplesKeeper({
  series,
  file,
  lost,
  notice,
  write,
}: SamplesKeeperParts): SamplesKeeper {
  const problem = restore(series, file);
  if (problem !== null) notice(`${file} is not used: ${problem}; the samples begin anew`);
  let isOurs = true;
  void lost.then(() => (isOurs = false));
  let writing = Promise.resolve();
  let hasFailed = false;

  async function writeOnce(): Promise<void> {
    try {
      if (isOurs) await write(file, series.toBytes());
      hasFailed = false;
    } catch (error) {
      if (!hasFailed) notice(`the samples stay in memory alone: ${messageOf(error)}`);
      hasFailed = true;
    }
  }
  return {
    save: () => void (writing = writing.then(writeOnce)),
    settled: () => writing,
  };
}

function restore(series: SampleSeries, file: string): string | null {
  try {
    const bytes = readSamples(file);
    return bytes === null ? null : series.restore(bytes);
  } catch (error) {
    return messageOf(error);
  }
}
