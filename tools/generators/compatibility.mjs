/** @typedef {Record<string, any>} RawRecord */

/** How many releases each geth series from 1.9 on has; 1.14.1 was never tagged. */
const seriesSizes = [26, 27, 7, 3, 16, 14, 12, 10, 6];

/** Every geth release in the data, oldest first. */
export const gethReleases = seriesSizes
  .flatMap((size, series) => Array.from({ length: size }, (_, patch) => `1.${series + 9}.${patch}`))
  .filter((release) => release !== '1.14.1');

/** @param {string} release */
const releaseAfter = (release) => gethReleases[gethReleases.indexOf(release) + 1];

/** @param {readonly RawRecord[]} flags */
const listed = (flags) => flags.map(({ name }) => `\`--${name}\``).join(', ');

/** @param {unknown} value */
const shown = (value) => (value === '' || value === null ? 'empty' : `\`${value}\``);

/** The lines of a list, without those that have nothing to say. @param {readonly (readonly [string, string])[]} lines */
const bullets = (lines) =>
  lines.filter(([, text]) => text !== '').map(([label, text]) => `- ${label}: ${text}`);

/**
 * Each change of a history at this release, as `--flag` old → new.
 * @param {readonly RawRecord[]} flags @param {string} release
 * @param {(flag: RawRecord) => readonly RawRecord[] | undefined} history @param {(entry: RawRecord) => unknown} value
 */
function changes(flags, release, history, value) {
  return flags
    .flatMap((flag) => {
      const entries = history(flag) ?? [];
      const index = entries.findIndex(({ from }, at) => at > 0 && from === release);
      const [before, after] = [entries[index - 1], entries[index]];
      if (!before || !after) return [];
      return [`\`--${flag.name}\` ${shown(value(before))} → ${shown(value(after))}`];
    })
    .join('; ');
}

/** @param {readonly RawRecord[]} flags @param {string} release */
function releaseSection(flags, release) {
  const isFirst = release === gethReleases[0];
  const lines = bullets([
    ['New', isFirst ? '' : listed(flags.filter((flag) => flag.releases.gethTags?.[0] === release))],
    [
      'Gone (the node refuses to start with them)',
      listed(
        flags.filter(
          ({ releases: { gethTags } }) => gethTags && releaseAfter(gethTags[1]) === release,
        ),
      ),
    ],
    [
      'Deprecated',
      flags
        .filter(({ deprecatedSince }) => !isFirst && deprecatedSince === release)
        .map(({ name, replacement }) =>
          replacement ? `\`--${name}\` (use \`--${replacement}\`)` : `\`--${name}\``,
        )
        .join(', '),
    ],
    [
      'Other defaults',
      changes(
        flags,
        release,
        ({ defaultHistory }) => defaultHistory,
        (entry) => entry.default,
      ),
    ],
    [
      'Read in another way',
      changes(
        flags,
        release,
        ({ kindHistory }) => kindHistory,
        ({ kind }) => kind,
      ),
    ],
    [
      'Other words allowed',
      changes(
        flags,
        release,
        ({ enumNote }) => enumNote?.history,
        ({ values }) => values.join(' '),
      ),
    ],
  ]);
  return lines.length === 0 ? [] : [`### geth ${release}`, '', ...lines, ''];
}

/** @param {readonly RawRecord[]} flags */
function gwemixSection(flags) {
  const known = flags.filter(({ releases }) => releases.gwemix);
  const since = ['w0.10.2', 'w0.10.7'].map(
    (tag) =>
      /** @type {const} */ ([
        `New in ${tag.slice(1)}`,
        listed(known.filter(({ releases }) => releases.gwemixTags[0] === tag)),
      ]),
  );
  return [
    '## gwemix 0.9.8 to 0.10.14 (go-wemix)',
    '',
    'Its command line is that of geth 1.10, with these differences. Up to 0.10.9 they were read in the source. Of the later releases no',
    'whole source was to be had: an analysis of the tree of 2026-09-11, after 0.10.14, quotes lines of `cmd/utils/flags.go`, of the defaults and',
    'of the chains, and each stands where it stood in 0.10.9. Those pull requests of them that were to be had tell of no flag. 0.10.15 is read as 0.10.14, and a',
    'flag that is not known is a warning there.',
    '',
    ...bullets([
      ['Only here', listed(known.filter(({ releases }) => releases.geth === null))],
      ...since,
      ['Deprecated', listed(known.filter(({ gwemixDeprecated }) => gwemixDeprecated))],
      [
        'Other defaults than geth 1.17',
        known
          .filter(({ gwemixDefault }) => gwemixDefault !== undefined)
          .map(({ name, gwemixDefault }) => `\`--${name}\` ${shown(gwemixDefault)}`)
          .join(', '),
      ],
    ]),
    '',
  ];
}

/** @param {readonly RawRecord[]} flags */
function goWbftSection(flags) {
  const known = flags.filter(({ releases }) => releases.goWbft);
  return [
    '## gwemix 1.0 (go-wbft)',
    '',
    'Only part of its source is public: the names of its flags are known, most of its defaults are not.',
    'Its environment variables begin with `GWEMIX_`.',
    'gstable 1.0 (go-stablenet) has the same flags, the ports of geth, its data in the folder `gstable` and its socket `gstable.ipc`. Both have',
    '`--syncmode` `full`, `--networkid` `0` (that of the chain), `--miner.gaslimit` `105000000` and `--miner.gasprice` `100000000000`.',
    '',
    ...bullets([
      ['Only here', listed(known.filter(({ releases }) => !releases.geth && !releases.gwemix))],
      [
        'In gwemix 0.10, but not here',
        listed(flags.filter(({ releases }) => releases.gwemix && !releases.goWbft)),
      ],
    ]),
    '',
  ];
}

/**
 * docs/compatibility.md: which release changed what on the command line.
 * @param {readonly RawRecord[]} raw
 */
export function renderCompatibility(raw) {
  const flags = raw.filter(({ builtin }) => !builtin);
  return [
    '# Compatibility',
    '',
    '<!-- Written by tools/generators/write.mjs from tools/generators/data; do not edit. -->',
    '',
    `wemixvisor knows the ${flags.length} flags of the ${gethReleases.length} releases of geth from ${gethReleases[0]} to`,
    `${gethReleases.at(-1)}, and those of gwemix. It passes every argument on as it is, also one it has never heard of;`,
    'what follows only decides which findings `wemixvisor doctor` and `wemixvisor start` show.',
    '',
    'Environment variables (`GETH_` and the name of the flag, as in `GETH_HTTP_PORT`) count from geth 1.13.1 on.',
    '',
    '## What each release of geth changed',
    '',
    'A release that is not listed changed no flag.',
    '',
    ...gethReleases.toReversed().flatMap((release) => releaseSection(flags, release)),
    ...gwemixSection(flags),
    ...goWbftSection(flags),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
