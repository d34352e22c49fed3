import { appendFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@wemixvisor/testkit';
import { streamJson } from '@wemixvisor/unix-http';
import { describe, expect, it } from 'vitest';
import type { EventReport } from '../src/report/event-report.ts';
import { openJournal } from '../src/supervisor/journal.ts';
import { schemaErrorsOf } from './published-schema.ts';
import { workplace } from './workplace.ts';

const parsed = (stdout: string) =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as EventReport);

describe('the timeline of a home', () => {
  it('tells what the node did, what was decided and what was asked for, also without a supervisor', async () => {
    const place = await workplace();
    await place.supervised('--restart-delay', '10ms', '--max-restarts', '1');
    const { pid } = await place.status();
    process.kill(pid ?? 0, 'SIGKILL');
    await waitFor(async () => (await place.status()).restart_count === 1);
    await place.reaches('running');
    await place.run('stop');
    const { code, stdout } = await place.run('events', '--json', '-n', 'all');
    expect(code).toBe(0);
    const events = parsed(stdout);
    expect(events.flatMap((event) => schemaErrorsOf('events', event))).toEqual([]);
    const words = events.map(({ message }) => message);
    for (const telling of [
      `the node is running (pid ${pid ?? 0})`,
      'the node ended by SIGKILL',
      'the operator asked for: stop',
    ]) {
      expect(words).toContainEqual(expect.stringContaining(telling));
    }
    expect(words).toContainEqual(
      expect.stringMatching(/^the node is crashed: .*; it is started again$/),
    );
    const people = await place.run('events', '-n', '2');
    expect(people.stdout).toMatch(/^(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}[\w-]+ +\S.*\n){2}$/);
    const warnings = await place.run('events', '--level', 'warn', '--json');
    expect(new Set(parsed(warnings.stdout).map(({ level }) => level))).not.toContain('info');
    expect((await place.run('status')).stdout).toMatch(/^Events: +\d.*\n(?: {6,}\d.*\n){4}/m);
  });

  it('is followed on the socket and in the file, each event once, over the end of the supervisor', async () => {
    const place = await workplace();
    const supervisor = await place.supervised();
    const { values } = await streamJson(place.paths.socket, { path: '/v1/events' });
    const followed = place.begin('events', '-f', '-n', '0', '--json');
    await waitFor(async () => {
      await place.run('reload');
      return followed.stdout !== '';
    });
    supervisor.signal('SIGTERM');
    await supervisor.done;
    const streamed: EventReport[] = [];
    for await (const value of values) streamed.push(value as EventReport);
    appendFileSync(
      place.paths.journal,
      '{"torn\n{"level":"info","time":"2026-11-28T12:00:00.000Z","event":"late","msg":"later"}\n',
    );
    await waitFor(() => followed.stdout.includes('"late"'));
    followed.signal('SIGINT');
    const { code, stdout } = await followed.done;
    expect(code).toBe(0);
    const shown = parsed(stdout);
    expect(new Set(shown.map((event) => JSON.stringify(event))).size).toBe(shown.length);
    const kinds = (events: readonly EventReport[]) => events.map(({ event }) => event);
    expect(kinds(streamed)).toContain('node-exited');
    // The stream ends when the supervisor listens no more; what it does then is in the file alone.
    expect(shown.map(({ message }) => message).join('\n')).toContain(
      streamed
        .map(({ message }) => message)
        .slice(-3)
        .join('\n'),
    );
  });

  it('shows a thousand events once and in order, over rotations of the journal by one supervisor and the next', async () => {
    const place = await workplace();
    const { logs: directory } = place.paths;
    const wanted = Array.from({ length: 1_000 }, (_, n) => n);
    const followed = place.begin('events', '-f', '-n', 'all', '--json');
    const options = { directory, level: 'debug', maxSizeBytes: 32 * 1024 } as const;
    const live = () => statSync(join(directory, 'wemixvisor.log'), { throwIfNoEntry: false });
    for (const part of [wanted.slice(0, 500), wanted.slice(500)]) {
      const { journal, close } = openJournal(options);
      for (const n of part) {
        journal.debug({ event: 'tick' }, 'no event');
        journal.info({ event: 'command', n }, 'the operator asked for: reload');
      }
      await waitFor(() => live()?.size === 0, { what: 'a rotation' });
      await close();
    }
    await waitFor(() => followed.stdout.includes('"n":999,'));
    followed.signal('SIGINT');
    const all = await place.run('events', '--json', '-n', 'all');
    for (const { stdout } of [await followed.done, all]) {
      expect(parsed(stdout).map(({ n }) => n)).toEqual(wanted);
    }
    expect(parsed((await place.run('events', '--json', '-n', '3')).stdout)).toMatchObject(
      [997, 998, 999].map((n) => ({ n })),
    );
  });

  it('says that nothing is there yet, and what is no time', async () => {
    const place = await workplace();
    expect(await place.run('events')).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('no node was ever started'),
    });
    expect((await place.run('events', '--since', 'yesterdya')).code).toBe(64);
  });
});
