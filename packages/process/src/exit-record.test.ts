import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExitRecord } from './exit-record.ts';

const parse = (text: string) => parseExitRecord(`generation 4\n${text}`, 12.7);

describe('parseExitRecord', () => {
  it('reads a plain code', () => {
    expect(parse('run\nexit 1\n')).toEqual({ code: 1, signal: null, ran: true, at: 12 });
  });

  it('reads a signal that dash tells', () => {
    expect(parse('run\nKilled\nexit 137\n')).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('reads a signal of which some shell keeps silent, where this one tells it', () => {
    const text = 'run\nTerminated\nprobe\nTerminated\nexit 143\n';
    expect(parse(text)).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  it('reads a signal that bash tells', () => {
    const told =
      '/bin/sh: line 6:  123 Segmentation fault      (core dumped) "$shell" -c "$child"\n';
    expect(parse(`run\n${told}exit 139\n`)).toMatchObject({ signal: 'SIGSEGV' });
  });

  it('takes 128+N for a code when the shell would have told the signal', () => {
    expect(parse('run\nexit 137\n')).toMatchObject({ code: 137, signal: null });
    expect(parse('run\nprobe\nTerminated\nexit 143\n')).toMatchObject({ code: 143 });
  });

  it('takes 128+N for the signal when the shell never tells it', () => {
    expect(parse('run\nprobe\nexit 130\n')).toMatchObject({ code: null, signal: 'SIGINT' });
  });

  it('takes a code that no signal explains for a code', () => {
    expect(parse('run\nexit 200\n')).toMatchObject({ code: 200, signal: null });
  });

  it('leaves out what the shell said before the node ran', () => {
    expect(parse('warning: setlocale\nrun\nexit 137\n')).toMatchObject({ code: 137 });
  });

  it('takes a plain code for a code whatever the shell said besides', () => {
    expect(parse('run\nwarning\nexit 1\n')).toMatchObject({ code: 1, signal: null });
  });

  it('believes nothing behind which more was written, nor digits that are too many', () => {
    expect(parse('run\nexit 1\nmore\n')).toBeUndefined();
    expect(parse('run\nexit 1000\n')).toBeUndefined();
  });

  it('takes only whole lines for its own words', () => {
    expect(parse('overrun\nexit 125\n')).toMatchObject({ ran: false });
    const told = 'no probe\nTerminated\n';
    expect(parse(`run\n${told}exit 143\n`)).toMatchObject({ signal: 'SIGTERM' });
  });

  it('names a signal that this system does not know by its number', () => {
    expect(parse('run\nWhat?\nexit 255\n')).toMatchObject({ signal: 'signal 127' });
  });

  it('says when the node was never executed', () => {
    expect(parse('exit 125\n')).toMatchObject({ ran: false, code: 125 });
  });

  it('believes nothing that is cut off, at whatever byte', () => {
    const whole = 'generation 4\nrun\nTerminated\nprobe\nTerminated\nexit 143\n';
    for (let length = 0; length < whole.length; length += 1) {
      expect(parseExitRecord(whole.slice(0, length), 0)).toBeUndefined();
    }
  });

  it('never throws, whatever is in the file', () => {
    fc.assert(
      fc.property(fc.string(), (text) => [undefined, 0].includes(parseExitRecord(text, 0)?.at)),
    );
  });
});
