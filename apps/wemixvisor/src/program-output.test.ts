import { EventEmitter, once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import { failOnLostOutput, wholeOutput } from './program-output.ts';

/** A program whose command gave an exit code, and whose standard output failed. */
async function afterFailure(code: string, exitCode: number) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const program = Object.assign(new EventEmitter(), { exitCode }) as unknown as NodeJS.Process;
  failOnLostOutput(program, { stdout, stderr });
  stdout.destroy(Object.assign(new Error(`${code}: no luck`), { code }));
  await new Promise((resolve) => stdout.once('close', resolve));
  program.emit('exit', exitCode);
  const said = text(stderr);
  stderr.end();
  return { exitCode: program.exitCode, said: await said };
}

describe('a failed write of standard output', () => {
  it('fails a command that had success, and says why', async () => {
    expect(await afterFailure('ENOSPC', 0)).toEqual({
      exitCode: 1,
      said: 'wemixvisor: the output is not complete: ENOSPC: no luck\n',
    });
  });

  it('leaves the exit code of a command that had none', async () => {
    expect(await afterFailure('EIO', 3)).toMatchObject({ exitCode: 3 });
  });

  it('is none where the reader has seen enough', async () => {
    expect(await afterFailure('EPIPE', 0)).toEqual({ exitCode: 0, said: '' });
  });
});

describe('standard output', () => {
  it('to a file is written whole', async () => {
    await using folder = await temporaryDirectory();
    const file = join(folder.path, 'out');
    const stdout = Object.assign(new PassThrough(), { fd: openSync(file, 'w') });
    const output = wholeOutput(stdout);
    expect(output).not.toBe(stdout);
    output.end('one\ntwo\n');
    await once(output, 'finish');
    expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
  });

  it('to anything else is as Node has it', () => {
    const stdout = Object.assign(new PassThrough(), { fd: openSync('/dev/null', 'w') });
    expect(wholeOutput(stdout)).toBe(stdout);
    const ofWorkerThread = new PassThrough();
    expect(wholeOutput(ofWorkerThread)).toBe(ofWorkerThread);
  });
});
