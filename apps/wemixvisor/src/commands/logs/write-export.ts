import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { resolve } from 'node:path';
import { AppError, messageOf, systemCodeOf } from '../../app-error.ts';
import type { AppContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { fileOutput } from '../../program-output.ts';

/** Where an export goes. */
interface ExportFile {
  readonly file: string;
  /** Whether a file that exists is overwritten. */
  readonly force: boolean;
}

/**
 * Gives `write` a standard output that is a file of its owner only. The file is there when it is whole: until then it is FILE.part, of which nothing is
 * left after an error or Ctrl-C. Resolves to its path and size.
 *
 * @throws AppError where the file exists, cannot be written, or was interrupted; what `write` throws.
 */
export async function writeExport(
  context: AppContext,
  { file, force }: ExportFile,
  write: (context: AppContext) => Promise<void>,
): Promise<{ readonly path: string; readonly bytes: number }> {
  const path = pathFor(resolve(context.cwd, file), force);
  const part = `${path}.part`;
  const descriptor = opened(part, force);
  const stdout = fileOutput(descriptor);
  let failure: Error | undefined;
  stdout.on('error', (error) => (failure ??= error));
  const interrupt = () =>
    stdout.destroy(
      new AppError('interrupted: nothing is exported', { exitCode: exitCodes.interrupted }),
    );
  const releases = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) =>
    context.onSignal(signal, interrupt),
  );
  try {
    await write({ ...context, stdout, interactive: false });
    if (failure !== undefined) throw failure;
    fsyncSync(descriptor);
    const bytes = statSync(part).size;
    renameSync(part, path);
    return { path, bytes };
  } catch (error) {
    rmSync(part, { force: true });
    throw systemCodeOf(error) === undefined ? error : unwritable(path, error);
  } finally {
    closeSync(descriptor);
    for (const release of releases) release();
  }
}

/** The file itself, which a link is not; one that exists is refused unless it may be overwritten. */
function pathFor(path: string, force: boolean): string {
  if (!existsSync(path)) return path;
  const file = realpathSync(path);
  if (!statSync(file).isFile()) throw unwritable(path, 'it is not a regular file');
  if (!force) throw unwritable(path, 'it exists; --force overwrites it');
  return file;
}

function opened(part: string, force: boolean): number {
  try {
    if (force) rmSync(part, { force: true });
    return openSync(part, 'wx', 0o600);
  } catch (error) {
    if (systemCodeOf(error) !== 'EEXIST') throw unwritable(part, error);
    throw unwritable(part, 'another export writes it or was killed; --force overwrites it');
  }
}

function unwritable(path: string, why: unknown): AppError {
  const isFull = systemCodeOf(why) === 'ENOSPC';
  const words = isFull ? 'the disk is full: nothing is exported' : messageOf(why);
  return new AppError(`cannot write ${path}: ${words}`, { cause: why });
}
