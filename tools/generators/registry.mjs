/**
 * Turns the collected data about geth's command line into the registry of packages/passthrough.
 * What a release has in common with the newest one is left out, so that loading it stays cheap.
 */

/** @typedef {{ from: string, to?: string | null, [key: string]: unknown }} HistoryEntry */
/** @typedef {Record<string, any>} RawRecord */

/** @param {string} kind */
const kindName = (kind) => (kind === 'textmarshaler' ? 'text' : kind);

/**
 * @param {readonly HistoryEntry[] | undefined} history
 * @param {(entry: HistoryEntry) => unknown} value
 */
const since = (history, value) => history?.map((entry) => [entry.from, value(entry)]);

/** @param {RawRecord} raw */
function words(raw) {
  if (raw.enum === undefined) return undefined;
  const { history, gwemix, goWbft, stage } = raw.enumNote;
  const past = since(history, ({ values }) => values) ?? [];
  const last = history?.at(-1);
  if (last && last.to !== null) past.push([nextAfter(last.to), raw.enum]);
  return {
    values: raw.enum,
    history: past.length > 0 ? past : undefined,
    gwemix,
    goWbft,
    enforced: stage !== 'not checked',
  };
}

/** The release in which an open-ended list starts, given the last one of the list before. @param {string} release */
function nextAfter(release) {
  const [major, minor] = release.split('.').map(Number);
  return `${major}.${Number(minor) + 1}.0`;
}

/** Beyond its limits a value ends the start, or the node mends it. @param {RawRecord | undefined} raw */
function range(raw) {
  if (raw === undefined) return undefined;
  const { min, max, enforcedAt, note } = raw;
  const isFatal = enforcedAt === 'listen' ? !/only logged/.test(note) : /fatal|refused/i.test(note);
  return { min, max, note, fatal: isFatal || undefined };
}

/** @param {RawRecord} raw */
function flag(raw) {
  const deprecatedSince =
    raw.deprecatedSince ?? (raw.deprecated ? raw.releases.gethTags?.[1] : undefined);
  return {
    name: raw.name,
    aliases: raw.aliases.length > 0 ? raw.aliases : undefined,
    kind: kindName(raw.kind),
    kindHistory: since(raw.kindHistory, ({ kind }) => kindName(String(kind))),
    gwemixKind: raw.gwemixKind && kindName(raw.gwemixKind),
    usage: raw.usage,
    default: raw.default,
    defaultHistory: since(raw.defaultHistory, (entry) => entry.default),
    gwemixDefault: raw.gwemixDefault,
    environmentSince: raw.envSince,
    deprecatedSince,
    gwemixDeprecated: raw.gwemixDeprecated || undefined,
    replacement: raw.replacement ?? undefined,
    words: words(raw),
    range: range(raw.range),
    geth: raw.releases.gethTags ?? undefined,
    gwemix: raw.releases.gwemixTags?.map((/** @type {string} */ tag) => tag.slice(1)), // w0.10.14 calls itself 0.10.14
    goWbft: raw.releases.goWbft || undefined,
    builtin: raw.builtin,
  };
}

/** @param {RawRecord} raw */
function subcommand(raw) {
  return {
    name: raw.name,
    aliases: raw.aliases.length > 0 ? raw.aliases : undefined,
    usage: raw.description,
    runsNode: raw.runsNode || undefined,
    ownFlags: raw.ownFlags.length > 0 ? raw.ownFlags : undefined,
    geth: raw.releases.gethTags ?? undefined,
    gwemix: raw.releases.gwemix || undefined,
    goWbft: raw.releases.goWbft || undefined,
  };
}

/**
 * @param {string} type
 * @param {string} constant
 * @param {readonly unknown[]} records
 */
function module(type, constant, records) {
  const lines = records.map((record) => `  ${JSON.stringify(record)},`);
  return [
    '// Written by tools/generators/write.mjs from tools/generators/data; do not edit.',
    `import type { ${type} } from './flag.ts';`,
    '',
    `export const ${constant}: readonly ${type}[] = [`,
    ...lines,
    '];',
    '',
  ].join('\n');
}

/** The first and last release of each key of the TOML file, by its table. @param {readonly RawRecord[]} raw */
export const renderConfigKeys = (raw) => module('ConfigKey', 'configKeys', raw);

/** @param {readonly RawRecord[]} raw */
export const renderFlags = (raw) => module('Flag', 'flags', raw.map(flag));

/** @param {readonly RawRecord[]} raw */
export const renderSubcommands = (raw) => module('Subcommand', 'subcommands', raw.map(subcommand));
