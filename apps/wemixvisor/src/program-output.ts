import { fstatSync, writeSync } from 'node:fs';
import { Writable } from 'node:stream';

/** Standard output that writes every byte or fails: Node's own stream for a file takes a short write for a whole one. */
export function wholeOutput(stdout: Writable & { readonly fd?: number }): Writable {
  const { fd } = stdout;
  // That of a worker thread has no descriptor.
  return fd === undefined || !fstatSync(fd).isFile() ? stdout : fileOutput(fd);
}

/** A stream that writes every byte to a file or fails; the descriptor stays open. */
export function fileOutput(fd: number): Writable {
  const write = (bytes: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void) => {
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(fd, bytes, at);
      done();
    } catch (error) {
      done(error as Error);
    }
  };
  return new Writable({ write });
}

/**
 * Makes a failed write of standard output a failure of the program: one line on standard error, and exit code 1 where
 * the command had none. A reader that has seen enough (`| head`) is no failure; that standard error itself cannot be
 * written is nobody's to tell.
 */
export function failOnLostOutput(
  program: Pick<NodeJS.Process, 'exitCode' | 'once'>,
  { stdout, stderr }: Record<'stdout' | 'stderr', NodeJS.WritableStream>,
): void {
  stderr.on('error', () => {});
  stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    stderr.write(`wemixvisor: the output is not complete: ${message}\n`);
    program.once('exit', () => {
      program.exitCode ||= 1;
    });
  });
}
