// What a program shows on a whole terminal, as text: it runs on a pseudo-terminal of its own, wherever the output goes.
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';

const scenarios = createRequire(new URL('../../apps/wemixvisor-e2e/package.json', import.meta.url));

/**
 * The lines of the screen, once they fit; the program is ended by the key q. Undefined where no terminal can be opened: the library has no binary
 * for this platform.
 * @param {{ file: string, args: string[], env: Record<string, string | undefined>, columns: number, rows: number }} program
 * @param {RegExp} fits
 */
export async function screenOf({ file, args, env, columns: cols, rows }, fits) {
  let pty;
  try {
    pty = scenarios('@lydell/node-pty');
  } catch {
    return undefined;
  }
  const screen = new (scenarios('@xterm/headless').Terminal)({
    cols,
    rows,
    allowProposedApi: true,
  });
  const child = pty.spawn(file, args, { name: 'xterm-256color', cols, rows, env });
  const ended = new Promise((resolve) => child.onExit(resolve));
  child.onData((/** @type {string} */ data) => screen.write(data));
  const lines = () =>
    Array.from(
      { length: rows },
      (_, row) => screen.buffer.active.getLine(row)?.translateToString(true) ?? '',
    );
  try {
    for (const deadline = Date.now() + 20_000; Date.now() < deadline; await sleep(50)) {
      const shown = lines();
      if (fits.test(shown.join('\n'))) return shown;
    }
    throw new Error(`waited 20 s in vain for ${fits} on\n${lines().join('\n')}`);
  } finally {
    child.write('q');
    await Promise.race([ended, sleep(5_000).then(() => child.kill('SIGKILL'))]);
  }
}
