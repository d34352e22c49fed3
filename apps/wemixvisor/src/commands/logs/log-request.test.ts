import { describe, expect, it } from 'vitest';
import {
  belongsTo,
  isMarked,
  logRequest,
  partOf,
  sourcesOf,
  spanOf,
  type TypedLogOptions,
} from './log-request.ts';
import { homePaths } from '../../state/home-paths.ts';
import type { RunSpan } from '../../state/run-span.ts';

const typed: TypedLogOptions = {
  follow: false,
  lines: undefined,
  since: undefined,
  until: undefined,
  grep: undefined,
  ignoreCase: false,
  invert: false,
  level: undefined,
  where: undefined,
  message: undefined,
  beforeContext: undefined,
  afterContext: undefined,
  nearby: undefined,
  around: undefined,
  errors: false,
  stats: false,
  map: false,
  action: undefined,
};
const { signal } = new AbortController();
const at = (time: string) => new Date(`2026-11-23T${time}Z`);
const span: RunSpan = {
  start: at('12:00:00.700'),
  end: at('13:00:00.000'),
  after: null,
  before: '20@',
};
const marked: RunSpan = { ...span, after: '10@' };
const request = (options: Partial<TypedLogOptions>) =>
  logRequest({ ...typed, ...options }, signal).request;
const part = (options: Partial<TypedLogOptions>, run: RunSpan | null = span) =>
  partOf(run, 'node', request(options));

describe('logRequest', () => {
  it('asks for the last lines without any filter', () => {
    expect(request({})).toEqual({
      lines: 100,
      follow: false,
      since: null,
      until: null,
      grep: null,
      ignoreCase: false,
      invert: false,
      level: null,
      tests: [],
      around: null,
      context: null,
      signal,
    });
  });

  it('passes filters on, and all for every line', () => {
    const options = { lines: 'all', level: 'WARN', grep: 'peer', ignoreCase: true, invert: true };
    expect(request(options)).toMatchObject({ ...options, level: 'warn' });
    expect(request({ lines: '0' }).lines).toBe(0);
  });

  it('limits a run to its seconds', () => {
    expect(part({})).toEqual({ since: at('12:00:00.000'), until: span.end });
    expect(part({}, { ...span, end: null }).until).toBeNull();
  });

  it('takes a run from its place in the log where that is known, and by time in the other log', () => {
    expect(part({ since: '12:00' }, marked)).toEqual({ after: '10@', before: '20@' });
    expect(partOf(marked, 'supervisor', request({}))).toMatchObject({ until: span.end });
    expect([isMarked(marked, 'node'), isMarked(marked, 'supervisor')]).toEqual([true, false]);
    expect([isMarked(span, 'node'), isMarked(null, 'node')]).toEqual([false, false]);
    expect(part({}, null)).toEqual({});
  });

  it.each([
    ['2026-11-23T12:30:00Z', '12:30:00.000'],
    ['2026-11-23T11:30:00Z', '12:00:00.000'],
  ])('takes the later of --since %s and the start of the run', (since, expected) => {
    expect(part({ since }).since).toEqual(at(expected));
  });

  it.each([
    ['2026-11-23T12:30:00Z', '12:30:00.000'],
    ['2026-11-23T13:30:00Z', '13:00:00.000'],
  ])('takes the sooner of --until %s and the end of the run', (until, expected) => {
    expect(part({ until }).until).toEqual(at(expected));
  });

  it('takes --since and --until as they are without a run', () => {
    const { since, until } = request({
      since: '2026-11-23T12:00:00Z',
      until: '2026-11-23T13:00:00Z',
    });
    expect([since, until]).toEqual([at('12:00:00'), at('13:00:00')]);
  });

  it.each([['-1'], ['1e3'], ['ALL'], [''], ['1234567890123456']])(
    'refuses %j as a number of lines',
    (lines) => {
      expect(() => request({ lines })).toThrow(`-n: "${lines}" is not a number of lines, or all`);
    },
  );
});

describe('sourcesOf', () => {
  it('knows the logs by name', () => {
    expect(sourcesOf('all')).toEqual(['node', 'supervisor']);
    expect(sourcesOf('node')).toEqual(['node']);
    expect(sourcesOf('supervisor')).toEqual(['supervisor']);
    expect(() => sourcesOf('geth')).toThrow('not one of node, supervisor, all');
  });
});

describe('spanOf', () => {
  const paths = homePaths('/nowhere/home', { temporaryDirectory: '/tmp', uid: 1000 });

  it.each(['1', '--1', '-12345', 'last', '-1x', 'x0'])('refuses the run %j', (run) => {
    expect(() => spanOf(run, paths)).toThrow(`--run: "${run}" must be 0, -1, -2…`);
  });

  it.each(['0', '-1', '-1234'])('looks for the run %s', (run) => {
    expect(() => spanOf(run, paths)).toThrow('there is no such run; no start is remembered');
  });
});

describe('belongsTo', () => {
  const record = (time: Date | null, format = 'logfmt') =>
    ({ time, format }) as Parameters<typeof belongsTo>[1];

  it.each(['terminal', 'json', 'logfmt', 'plain'])(
    'leaves the end of the previous run out of the second of a start, in the format %s',
    (format) => {
      expect(belongsTo(span, record(at('12:00:00.699'), format))).toBe(false);
      expect(belongsTo(span, record(at('12:00:00.700'), format))).toBe(true);
    },
  );

  it.each([
    ['logfmt', true],
    ['plain', true],
    ['panic', true],
    ['terminal', false],
    ['json', false],
  ])('takes a time in the format %s for one that may lack its milliseconds: %s', (format, may) => {
    expect(belongsTo(span, record(at('12:00:00.000'), format))).toBe(may);
  });

  it('counts lines without a time', () => {
    expect(belongsTo(span, record(null))).toBe(true);
  });
});
