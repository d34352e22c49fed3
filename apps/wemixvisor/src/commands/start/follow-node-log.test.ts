import { appendFileSync, mkdirSync } from 'node:fs';
import { PassThrough, Writable } from 'node:stream';
import { temporaryDirectory, waitFor } from '@wemixvisor/testkit';
import { describe, expect, it } from 'vitest';
import type { AppContext } from '../../context.ts';
import { homePaths } from '../../state/home-paths.ts';
import { followNodeLog } from './follow-node-log.ts';

describe('the log of a node in the foreground', () => {
  it('holds up no end where standard output is not read', async () => {
    await using folder = await temporaryDirectory();
    const paths = homePaths(folder.path, { temporaryDirectory: folder.path, uid: 1 });
    mkdirSync(paths.logs);
    let written = '';
    const stuck = new Writable({ write: (chunk: Buffer) => void (written += chunk.toString()) });
    const stderr = new PassThrough({ encoding: 'utf8' });
    const context: Partial<AppContext> = { stdout: stuck, stderr, interactive: false };
    const finish = followNodeLog(context as AppContext, paths, 20);
    await waitFor(() => {
      appendFileSync(paths.nodeLog, 'a line\n');
      return written !== '';
    });
    await finish();
    expect(stderr.read()).toBe(
      `wemixvisor: nobody reads standard output: the rest of the log is in ${paths.nodeLog}\n`,
    );
  });
});
