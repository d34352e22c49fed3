import { pointOf, type Fork } from './fork.ts';

/** The forks that a node listed when it started. */
export interface StartBanner {
  readonly chainId: number;
  readonly forks: readonly Fork[];
}

/** The first line of the banner of geth 1.10.17 and later (params.ChainConfig, Description). */
const beginning = /Chain ID: {1,3}(\d+)/;
/** ` - Osaka:   @1764798551`, ` - London:  #12965000`, before 1.16 ` - London:  12965000 (https://…)`. */
const listed = / - ([A-Z][\w /()]*?): +([#@]?)(\d+)\b/;
/** The one line of older releases and of gwemix: `config="{ChainID: 1111 … BriocheFork: 53525500, …}"`. */
const inOneLine = /Initialised chain configuration.*?\{ChainID: (\d+)(.*)/;
const pair = /([A-Z][A-Za-z0-9 ]*?): (\d+)(?=[ ,}])/g;

const noForks = /^(?:Total terminal difficulty|Terminal TD|DAOSupport)$/;
const names: Readonly<Record<string, string>> = {
  DAO: 'DAO Fork',
  EIP150: 'Tangerine Whistle',
  EIP155: 'Spurious Dragon',
  EIP158: 'Spurious Dragon',
};

/**
 * Reads the last start banner in lines of a node's log, in any of its formats; null where there is none. `geth` and `gwemix` print it
 * at the level info.
 *
 * @example
 * readStartBanner(['INFO [11-29|08:12:55.076] Chain ID:  1 (mainnet)', 'INFO [11-29|08:12:55.076]  - Osaka:  @1764798551']);
 */
export function readStartBanner(lines: Iterable<string>): StartBanner | null {
  let banner: { chainId: number; forks: Fork[] } | null = null;
  for (const line of lines) {
    const whole = inOneLine.exec(line);
    const begun = beginning.exec(line);
    if (whole !== null) banner = { chainId: Number(whole[1]), forks: forksIn(whole[2] ?? '') };
    else if (begun !== null) banner = { chainId: Number(begun[1]), forks: [] };
    else if (banner !== null) banner.forks.push(...listedIn(line));
  }
  return banner;
}

function listedIn(line: string): readonly Fork[] {
  const [, label = '', mark = '', digits = ''] = listed.exec(line) ?? [];
  const value = Number(digits);
  if (label === '' || noForks.test(label) || !Number.isSafeInteger(value)) return [];
  const { unit } = mark === '@' ? { unit: 'time' as const } : pointOf(value);
  return [{ name: nameOf(label), unit, value }];
}

/** Before the settings of an engine and of Brioche, which have numbers that are no forks. */
function forksIn(text: string): Fork[] {
  const [forks = ''] = text.split(/BriocheConfig:|Engine:/);
  return [...forks.matchAll(pair)].flatMap(([, label = '', digits = '']) => {
    const value = Number(digits);
    const isFork = !noForks.test(label) && Number.isSafeInteger(value);
    return isFork ? [{ name: nameOf(label), ...pointOf(value) }] : [];
  });
}

/** `Spurious Dragon/1 (EIP 155)` and `PangyoFork` have shorter names elsewhere. */
function nameOf(label: string): string {
  const plain = label.replace(/\/\d| \(EIP \d+\)| block$/g, '');
  return names[plain] ?? plain.replace(/(?<=\w)Fork$/, '');
}
