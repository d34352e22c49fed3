import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.mjs';
import { temporaryDirectory } from './temporary-directory.ts';

/** Those of some programs that this machine does not have. */
export function missingPrograms(...programs: readonly string[]): readonly string[] {
  return programs.filter((name) => spawnSync(name, ['--version']).error !== undefined);
}

/** What a Prometheus is to do. */
export interface Scraping {
  /** The addresses to scrape, such as `127.0.0.1:9101`; their job is `wemixvisor`. */
  readonly targets: readonly string[];
  /** Milliseconds between two scrapes, and between two evaluations of the rules. */
  readonly everyMs: number;
  /** The text of a file of rules. */
  readonly rules?: string;
}

/** One series of an answer. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
}

/** A Prometheus that scrapes. */
export interface Prometheus extends AsyncDisposable {
  /** What an expression selects now; null while the server does not answer, or where it cannot read the expression. */
  query(expression: string): Promise<readonly Series[] | null>;
}

interface Answer {
  readonly data: {
    readonly result: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly value: readonly [number, string];
    }[];
  };
}

/** Starts the `prometheus` of this machine with a data folder of its own; disposing kills it. */
export async function startPrometheus({ targets, everyMs, rules }: Scraping): Promise<Prometheus> {
  const folder = await temporaryDirectory();
  const at = `127.0.0.1:${await freePort()}`;
  const config = join(folder.path, 'prometheus.yml');
  const every = `${everyMs}ms`;
  const settings = {
    global: { scrape_interval: every, scrape_timeout: every, evaluation_interval: every },
    rule_files: rules === undefined ? [] : ['rules.yml'],
    scrape_configs: [{ job_name: 'wemixvisor', static_configs: [{ targets }] }],
  };
  // JSON is YAML too.
  writeFileSync(config, JSON.stringify(settings));
  writeFileSync(join(folder.path, 'rules.yml'), rules ?? '');
  const storage = `--storage.tsdb.path=${join(folder.path, 'data')}`;
  const words = [`--config.file=${config}`, `--web.listen-address=${at}`, storage];
  const server = spawn('prometheus', words, { stdio: 'ignore' });
  const ended = once(server, 'exit');
  return {
    async query(expression) {
      const url = `http://${at}/api/v1/query?query=${encodeURIComponent(expression)}`;
      const answer = await fetch(url).catch(() => null);
      if (answer?.ok !== true) return null;
      const { data } = (await answer.json()) as Answer;
      return data.result.map(({ metric, value }) => ({ labels: metric, value: value[1] }));
    },
    async [Symbol.asyncDispose]() {
      server.kill('SIGKILL');
      await ended;
      await folder[Symbol.asyncDispose]();
    },
  };
}
