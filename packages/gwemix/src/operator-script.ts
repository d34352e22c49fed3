/** How a gwemix that `gwemix.sh start` runs would be run without the script. */
interface OperatorScript {
  /** What the script runs, argument by argument; `--datadir` is the folder. */
  readonly args: readonly string[];
  /** What of the `.rc` file decides them, by name. */
  readonly read: Readonly<Record<string, string>>;
  /** What it pipes the output of the node into, argument by argument. */
  readonly logrot: readonly string[];
  /** The sizes that logrot gets, in powers of 1024 as it counts them: `10MiB`; null where they are none. */
  readonly log: { readonly maxSize: string | null; readonly maxFiles: number | null };
  /** What the script does besides, and what of the file is not understood, a sentence each. */
  readonly notes: readonly string[];
}

/** What a line of the file may set; everything else is no matter of the node (start in wemix/scripts/gwemix.sh @ w0.10.9). */
const known = [
  'COINBASE',
  'PORT',
  'NONCE_LIMIT',
  'BOOT_NODES',
  'TESTNET',
  'DISCOVER',
  'SYNC_MODE',
  'HUB',
  'MAX_TXS_PER_BLOCK',
  'GWEMIX_OPTS',
  'LOG_FILESIZE',
  'LOG_FILECOUNT',
] as const;

type Settings = Partial<Record<(typeof known)[number], string>>;

/**
 * Reads the `.rc` file of a gwemix folder and says what `gwemix.sh start` would run with it. The file is a shell script; only lines
 * that set a value are read, nothing is executed, and what is not read is said. Pure.
 *
 * @example
 * readOperatorScript('PORT=8588\nDISCOVER=0\n', '/opt/gwemix').args.slice(0, 2); // ['--datadir', '/opt/gwemix']
 */
export function readOperatorScript(rc: string, folder: string): OperatorScript {
  const notes: string[] = [];
  const settings: Settings = {};
  for (const [index, line] of rc.split('\n').entries()) {
    const found = assignment(line);
    if (found === 'nothing') continue;
    if (found === null)
      notes.push(
        `line ${index + 1} of .rc is not read, and what it sets is missing here: ${line.trim()}`,
      );
    else if (isKnown(found.name)) settings[found.name] = found.value;
    else notes.push(`${found.name} means nothing to gwemix.sh start`);
  }
  return {
    args: argumentsOf(settings, folder),
    read: { ...settings },
    logrot: [`${folder}/bin/logrot`, `${folder}/logs/log`, ...logOf(settings)],
    log: sizesOf(settings),
    notes: [...notes, ...remarks(settings)],
  };
}

const isKnown = (name: string): name is (typeof known)[number] =>
  (known as readonly string[]).includes(name);

/** `NAME=value`, also quoted, with `export` and with a comment behind; null for what would have to be executed. */
function assignment(
  line: string,
): { readonly name: string; readonly value: string } | 'nothing' | null {
  const text = line.trim();
  if (text === '' || text.startsWith('#')) return 'nothing';
  const [, name, raw] = /^(?:export\s+)?([A-Za-z_]\w*)=(.*)$/.exec(text) ?? [];
  if (name === undefined || raw === undefined) return null;
  const [, single, double, bare] =
    /^(?:'([^']*)'|"([^"]*)"|([^\s'"#;&|<>()]*))\s*;?\s*(?:#.*)?$/.exec(raw) ?? [];
  const value = single ?? double ?? bare;
  if (value === undefined) return null;
  // Only single quotes keep a shell from replacing these.
  return single === undefined && /[$`\\]/.test(value) ? null : { name, value };
}

const logOf = ({ LOG_FILESIZE: size, LOG_FILECOUNT: count }: Settings) =>
  [size || '10M', count || '5'] as const;

function sizesOf(settings: Settings): OperatorScript['log'] {
  const [size, count] = logOf(settings);
  const [, number, unit] = /^(\d+)([KMG])$/i.exec(size) ?? [];
  return {
    maxSize: unit === undefined ? null : `${number}${unit.toUpperCase()}iB`,
    maxFiles: /^[1-9]\d?$/.test(count) ? Number(count) : null,
  };
}

const words = (text: string) => text.split(/\s+/).filter((each) => each !== '');

/** In the order of the script, which gwemix does not mind. An unquoted value of several words is several arguments there. */
function argumentsOf(settings: Settings, folder: string): readonly string[] {
  const given = (name: keyof Settings) => settings[name] ?? '';
  const option = (flag: string, name: keyof Settings) =>
    given(name) === '' ? [] : [flag, ...words(given(name))];
  const port = given('PORT');
  const after = (offset: number) => String(Number(port) + offset);
  return [
    ...['--datadir', folder, '--metrics'],
    ...option('--miner.etherbase', 'COINBASE'),
    ...(given('DISCOVER') === '0' ? ['--nodiscover'] : []),
    ...['--http', '--http.addr', '0.0.0.0'],
    ...option('--http.port', 'PORT'),
    ...['--ws', '--ws.addr', '0.0.0.0'],
    ...(port === '' ? [] : ['--ws.port', after(10)]),
    ...option('--bootnodes', 'BOOT_NODES'),
    ...option('--noncelimit', 'NONCE_LIMIT'),
    ...(given('TESTNET') === '1' ? ['--wemix-testnet'] : words(given('TESTNET'))),
    ...syncMode(given('SYNC_MODE')),
    ...words(given('GWEMIX_OPTS')),
    ...(port === '' ? [] : ['--port', after(1)]),
    ...option('--hub', 'HUB'),
    ...option('--maxtxsperblock', 'MAX_TXS_PER_BLOCK'),
  ];
}

function syncMode(mode: string): readonly string[] {
  const named = ['full', 'fast', 'snap'].includes(mode);
  return named ? ['--syncmode', mode] : ['--syncmode', 'full', '--gcmode', 'archive'];
}

function remarks(settings: Settings): readonly string[] {
  const { PORT: port = '', SYNC_MODE: mode } = settings;
  const [size, count] = logOf(settings);
  return [
    ...(port !== '' && !/^\d{1,5}$/.test(port) ? [`PORT is ${port}, which is no port`] : []),
    ...(mode === 'fast' ? ['SYNC_MODE fast is refused by gwemix 0.10: take snap or full'] : []),
    ...(settings.TESTNET !== undefined && !['', '0', '1'].includes(settings.TESTNET)
      ? [
          `TESTNET is ${settings.TESTNET}, and the script hands that to gwemix as it is; 1 is the test network`,
        ]
      : []),
    `HTTP and WebSocket listen on all interfaces, as the script has them: take --http.addr and --ws.addr out where nobody outside asks`,
    `the script pipes the log through logrot (${size} a file, ${count} files): wemixvisor keeps it itself, by log.max_size and log.max_files`,
  ];
}
