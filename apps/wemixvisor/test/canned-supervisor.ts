import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { temporaryDirectory } from '@wemixvisor/testkit';
import { onTestFinished } from 'vitest';
import { beginCommand, type Ran } from './terminal.ts';

/** The answers of a supervisor by request, as in `GET /v1/status`; what is not listed is answered with 404. */
export type CannedAnswers = Readonly<
  Record<string, { readonly status?: number; readonly body: unknown }>
>;

/** A supervisor that only gives canned answers, and commands that ask it. */
export interface CannedSupervisor {
  readonly home: string;
  /** What it was asked for, in order, with the body where there was one. */
  readonly requests: readonly string[];
  run(...argv: readonly string[]): Promise<Ran>;
}

/** Listens on the control socket of a home, a new one unless it is named, until the test ends. */
export async function cannedSupervisor(
  answers: CannedAnswers,
  named?: string,
): Promise<CannedSupervisor> {
  const folder = await temporaryDirectory();
  const home = named ?? folder.path;
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const name = `${request.method ?? ''} ${request.url ?? ''}`;
    let sent = '';
    request.on('data', (chunk: Buffer) => (sent += chunk.toString()));
    request.on('end', () => {
      requests.push(`${name} ${sent}`.trim());
      const { status = 200, body } = answers[name] ?? { status: 404, body: { error: name } };
      const text = JSON.stringify(body);
      response.writeHead(status, { 'content-length': Buffer.byteLength(text) }).end(text);
    });
  });
  mkdirSync(join(home, 'run'));
  await new Promise<void>((resolve) => {
    server.listen(join(home, 'run', 'control.sock'), resolve);
  });
  onTestFinished(async () => {
    server.close();
    await folder[Symbol.asyncDispose]();
  });
  return {
    home,
    requests,
    run: (...argv) => beginCommand(argv, { env: { WEMIXVISOR_HOME: home } }).done,
  };
}
