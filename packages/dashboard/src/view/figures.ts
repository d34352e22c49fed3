import type { DashboardFacts, SampleFacts, SampleName } from '../facts.ts';
import { oldCheckMs } from './header.ts';
import { widthOf, type Pen, type Tone } from './pen.ts';
import { sparkline, type Base } from './sparkline.ts';
import { bytes, grouped, roughSpan, short, span } from './words.ts';

/** A row of figures: a value, what is to be said of it, and its history. */
interface Figure {
  readonly label: string;
  /** The first says the most; those that find no room are left out. */
  readonly parts: readonly string[];
  readonly tone: Tone | null;
  readonly series: readonly (number | null)[] | null;
  readonly base: Base;
  /** What the history reaches to, in words. */
  readonly reach: (extremes: { readonly least: number; readonly most: number }) => string;
  /** On a low screen the least goes first. */
  readonly rank: number;
}

const labelWidth = 8;
/** Columns for the figures themselves, so that the histories begin below each other. */
const textWidth = (columns: number) => (columns < 64 ? 27 : columns < 100 ? 38 : 46);
/** Columns for how far a history reaches. */
const reachWidth = 16;

/** The rows of figures, `room` at most. */
export function figures(
  facts: DashboardFacts,
  now: number,
  pen: Pen,
  room: number,
): readonly string[] {
  const { status } = facts;
  if (status === null) return [];
  const all = [...chainFigures(facts, now), ...machineFigures(facts, now)].filter(
    ({ parts, series }) => parts.length > 0 || series?.some((value) => value !== null),
  );
  const ranks = all.map(({ rank }) => rank).toSorted((a, b) => a - b);
  const last = ranks[Math.max(0, room) - 1] ?? (room <= 0 ? 0 : Infinity);
  const hasHistory = facts.samples !== null;
  return all.filter(({ rank }) => rank <= last).map((figure) => row(figure, hasHistory, pen));
}

function row(figure: Figure, hasHistory: boolean, pen: Pen): string {
  const { label, parts, tone, series, base, reach } = figure;
  const width = hasHistory ? textWidth(pen.columns) : pen.columns - labelWidth;
  const text = fitting(parts, width);
  const begin = pen.paint('dim', label.padEnd(labelWidth)) + pen.paint(tone, pen.cut(text, width));
  if (series === null) return begin;
  const hasReach = pen.columns >= 100;
  const left = pen.columns - labelWidth - width - 1 - (hasReach ? reachWidth : 0);
  if (left < 1) return begin;
  const { text: line, extremes } = sparkline(series, left, base);
  const end = hasReach && extremes !== null ? pen.paint('dim', `  ${reach(extremes)}`) : '';
  const gap = ' '.repeat(width - widthOf(pen.cut(text, width)) + 1 + left - widthOf(line));
  return `${begin}${gap}${line}${end}`.trimEnd();
}

/** As many parts as have room. */
function fitting(parts: readonly string[], width: number): string {
  for (let count = parts.length; count > 1; count -= 1) {
    const text = parts.slice(0, count).join(', ');
    if (widthOf(text) <= width) return text;
  }
  return parts[0] ?? '-';
}

function chainFigures(facts: DashboardFacts, now: number): readonly Figure[] {
  const { status, lastHealth, samples } = facts;
  const health = status?.pid === null ? null : lastHealth;
  // What is old says so beside its age above, and in its tone here.
  const isOld = health !== null && now - Date.parse(health.timestamp) >= oldCheckMs;
  const tone = (bad: boolean): Tone | null => (isOld ? 'dim' : bad ? 'bad' : null);
  const { peer_count: peers, rpc_endpoint: rpc } = health?.checks ?? noChecks;
  const common = { base: 'zero', tone: tone(false) } as const;
  return [
    {
      ...common,
      label: 'Head',
      parts: headParts(facts, health, now),
      tone: tone(health?.phase === 'stalled'),
      series: blockRates(samples, now),
      reach: ({ most }) => `max ${short(most)}/min`,
      rank: 1,
    },
    ...syncFigure(health, tone(false), samples, now),
    {
      ...common,
      label: 'Peers',
      parts: peers.peers === null ? [] : [`${peers.peers}`],
      tone: tone(peers.healthy === false),
      series: seriesOf(samples, 'peers', now),
      reach: ({ most }) => `max ${Math.round(most)}`,
      rank: 3,
    },
    {
      ...common,
      label: 'RPC',
      parts: rpc.latency_ms === null ? [] : [`${Math.round(rpc.latency_ms)} ms`],
      tone: tone(rpc.healthy === false),
      series: seriesOf(samples, 'rpc_ms', now),
      reach: ({ most }) => `max ${Math.round(most)} ms`,
      rank: 7,
    },
  ];
}

const noChecks: NonNullable<DashboardFacts['lastHealth']>['checks'] = {
  rpc_endpoint: { healthy: null, latency_ms: null },
  peer_count: { healthy: null, peers: null },
  sync_status: { current_block: null, highest_block: null },
};

function headParts(
  { samples, status }: DashboardFacts,
  health: DashboardFacts['lastHealth'],
  now: number,
): readonly string[] {
  const head = health?.head ?? null;
  if (head === null || health === null) return [];
  // Of what nobody checks any more the present age is not known.
  const isChecked = status?.supervisor_pid !== null;
  const age = head.age_seconds === null || !isChecked ? null : now - Date.parse(head.timestamp);
  const { block_interval_seconds: interval } = head;
  const rate = samples?.blocks_per_minute ?? (interval ? 60 / interval : null);
  const { current_block: at, highest_block: highest } = health.checks.sync_status;
  const lag = at === null || highest === null ? 0 : highest - at;
  return [
    grouped(head.number),
    age === null ? null : `${span(age)} old`,
    lag > 0 ? `${grouped(lag)} behind` : null,
    rate === null || !isChecked ? null : `${short(rate)}/min`,
  ].filter((part) => part !== null);
}

function syncFigure(
  health: DashboardFacts['lastHealth'],
  tone: Tone | null,
  samples: SampleFacts | null,
  now: number,
): readonly Figure[] {
  if (health === null || health.sync === null) return [];
  const { percent, eta_seconds: left } = health.sync;
  const parts = [
    percent === null ? null : `${percent} %`,
    left === null ? null : `${span(left * 1000)} to go`,
  ].filter((part) => part !== null);
  const series = seriesOf(samples, 'sync_percent', now);
  const reach = percentMost;
  return [{ label: 'Sync', parts, tone, series, base: 'near', reach, rank: 2 }];
}

function machineFigures({ status, samples }: DashboardFacts, now: number): readonly Figure[] {
  const usage = status?.usage ?? null;
  const figure = (name: SampleName) => ({ series: seriesOf(samples, name, now) });
  return [
    {
      ...figure('cpu_percent'),
      label: 'CPU',
      parts: usage === null ? [] : [`${short(usage.cpu_percent)} % of a core`],
      tone: null,
      base: 'zero',
      reach: percentMost,
      rank: 5,
    },
    {
      ...figure('memory_bytes'),
      label: 'Memory',
      parts: usage === null ? [] : [bytes(usage.memory_bytes)],
      tone: null,
      base: 'near',
      reach: ({ most }) => `max ${bytes(most)}`,
      rank: 6,
    },
    {
      ...figure('disk_free_bytes'),
      label: 'Disk',
      ...diskWords(samples, now),
      base: 'near',
      reach: ({ least }) => `min ${bytes(least)}`,
      rank: 4,
    },
  ];
}

const day = 86_400;

const percentMost: Figure['reach'] = ({ most }) => `max ${short(most)} %`;

/** How much is free, and when nothing will be; of old samples their age. */
function diskWords(samples: SampleFacts | null, now: number): Pick<Figure, 'parts' | 'tone'> {
  const free = samples?.values.disk_free_bytes.findLast((value) => value !== null) ?? null;
  if (samples === null || free === null) return { parts: [], tone: null };
  const age = now - Date.parse(samples.newest_at ?? '');
  const words = `${bytes(free)} free`;
  if (age >= oldCheckMs) return { parts: [words, `${span(age)} ago`], tone: 'dim' };
  const { disk_full_in_seconds: full } = samples;
  if (full === null) return { parts: [words], tone: null };
  const tone = full > 7 * day ? null : full > day ? 'warn' : 'bad';
  return { parts: [words, `full in ${roughSpan(full)}`], tone };
}

/** The values of the whole window up to now: what was not seen, also since the last sample, is null. */
function seriesOf(
  samples: SampleFacts | null,
  name: SampleName,
  now: number,
): readonly (number | null)[] | null {
  if (samples === null || samples.newest_at === null) return null;
  const { values, step_seconds: step, window_seconds: window } = samples;
  const whole = Math.max(1, Math.round(window / step));
  const since = Math.floor((now - Date.parse(samples.newest_at)) / 1000 / step);
  const missing = Math.min(whole, Math.max(0, since - 1));
  const known = [...values[name], ...Array<null>(missing).fill(null)].slice(-whole);
  return [...Array<null>(whole - known.length).fill(null), ...known];
}

/** Seconds between two heads that are shown as one rate: the checks of the node are that far apart. */
const longestGap = 120;

/** Blocks a minute from one head to the next that was seen. */
function blockRates(samples: SampleFacts | null, now: number): readonly (number | null)[] | null {
  const heads = seriesOf(samples, 'head', now);
  if (heads === null || samples === null) return null;
  const rates: (number | null)[] = heads.map(() => null);
  let before = -1;
  for (const [at, head] of heads.entries()) {
    if (head === null) continue;
    const last = before === -1 ? null : (heads[before] ?? null);
    const seconds = (at - before) * samples.step_seconds;
    if (last !== null && head >= last && (at === before + 1 || seconds <= longestGap)) {
      rates.fill(((head - last) * 60) / seconds, before + 1, at + 1);
    }
    before = at;
  }
  return rates;
}
