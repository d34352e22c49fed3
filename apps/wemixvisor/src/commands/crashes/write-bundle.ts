import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { lastLines } from '@wemixvisor/logs';
import { redactText } from '@wemixvisor/passthrough';
import { packTar } from 'modern-tar';
import { AppError, messageOf } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { inspectHome } from '../../control/inspect-home.ts';
import { readSettings } from '../../settings/read-settings.ts';
import { declared } from '../../settings/settings.ts';
import { readCrashReports } from '../../state/crash-reports.ts';
import type { HomePaths } from '../../state/home-paths.ts';
import { noSources, readLastStart } from '../../state/launch-file.ts';
import { writeNewFile } from '../../state/write-new-file.ts';
import { version } from '../../version.ts';

/** Reports in a bundle, the newest ones. */
const reportsPacked = 10;
/** Lines of each log in a bundle. */
const linesPacked = 2_000;

/** What was written. */
export interface WrittenBundle {
  readonly file: string;
  /** The names in it. */
  readonly files: readonly string[];
}

/**
 * Packs what a bug report needs, without the secrets that are known, into a .tar.gz for its owner only. A part that cannot be
 * read has the reason in its place.
 *
 * @throws AppError where the file exists or cannot be written.
 */
export async function writeBundle(
  { cwd, uid }: AppContext,
  paths: HomePaths,
  name: string | undefined,
): Promise<WrittenBundle> {
  const now = new Date();
  const time = now.toISOString().replaceAll(/[:.]/g, '-');
  const file = resolve(cwd, name ?? `wemixvisor-bundle-${time}.tar.gz`);
  const parts: readonly (readonly [name: string, text: () => string | Promise<string>])[] = [
    [
      'versions.txt',
      () => `wemixvisor ${version}\nnode ${process.version}\n${process.platform} ${process.arch}\n`,
    ],
    ['status.json', async () => json((await inspectHome(paths, now.getTime())).status ?? null)],
    ['config.toml', () => configOf(paths, uid)],
    ['wemixvisor.log', () => endOf(paths, 'wemixvisor')],
    ['node.log', () => endOf(paths, 'node')],
    ...readCrashReports(paths)
      .slice(0, reportsPacked)
      .map(({ id, report }) => [`crashes/${id}.json`, () => json(report)] as const),
  ];
  const entries = await Promise.all(
    parts.map(async ([part, text]) => {
      const body = await textOf(text);
      const size = Buffer.byteLength(body);
      return { header: { name: part, size, mode: 0o600, mtime: now }, body };
    }),
  );
  if (!writeNewFile(file, gzipSync(await packTar(entries)))) {
    throw new AppError(`cannot write ${file}: it exists: name another file`);
  }
  return { file, files: parts.map(([part]) => part) };
}

async function textOf(text: () => string | Promise<string>): Promise<string> {
  try {
    return await text();
  } catch (error) {
    return `It cannot be read: ${messageOf(error)}\n`;
  }
}

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function configOf({ launch, config: standard }: HomePaths, uid: number): string {
  const sources = readLastStart(launch) ?? noSources;
  return declared.toToml(readSettings(sources, { standard, uid }), { origin: true });
}

async function endOf({ logs }: HomePaths, name: 'node' | 'wemixvisor'): Promise<string> {
  const lines = await lastLines(logs, name, linesPacked);
  return lines.map((line) => `${redactText(line)}\n`).join('');
}
