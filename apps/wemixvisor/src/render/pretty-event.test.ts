import { describe, expect, it } from 'vitest';
import { prettyEvent, prettyText } from './pretty-event.ts';

describe('prettyEvent', () => {
  it('is one line for people', () => {
    const line = '{"level":"info","time":"2026-11-23T12:00:00.000Z","event":"state","msg":"up"}\n';
    expect(prettyEvent(line)).toBe('2026-11-23T12:00:00.000Z INFO  wemixvisor: up\n');
  });

  it('shows the facts of an event for debugging', () => {
    const line = '{"level":"debug","time":"T","event":"becameReady","n":1,"msg":"becameReady"}';
    expect(prettyEvent(line)).toBe(
      'T DEBUG wemixvisor: becameReady {"event":"becameReady","n":1}\n',
    );
  });

  it('is the text of a line too, and what is no event stays as it was written', () => {
    expect(prettyText('{"level":"warn","time":"T","msg":"up"}')).toBe('T WARN  wemixvisor: up');
    expect(prettyText('{"level":"wa')).toBe('{"level":"wa');
  });

  it('does without a message', () => {
    expect(prettyEvent('{"level":"error","time":"T"}')).toBe('T ERROR wemixvisor: \n');
  });
});
