import process from 'node:process';

const boolFlags =
  'http ws ipcdisable dev mainnet sepolia holesky hoodi nodiscover mine metrics pprof graphql allow-insecure-unlock ' +
  'snapshot rpc.allow-unprotected-txs wemix-testnet exitwhensynced log.json nousb';
const valueFlags =
  'http.addr http.port http.api http.corsdomain http.vhosts http.rpcprefix ws.addr ws.port ws.api ws.origins ipcpath ' +
  'datadir datadir.ancient datadir.minfreedisk keystore config port discovery.port networkid syncmode gcmode maxpeers ' +
  'bootnodes nat verbosity vmodule cache identity authrpc.addr authrpc.port authrpc.vhosts authrpc.jwtsecret unlock ' +
  'password miner.etherbase miner.gaslimit nodekey nodekeyhex netrestrict log.format log.file metrics.port pprof.port ' +
  'txlookuplimit state.scheme history.chain db.engine rpc.gascap';
const kinds = new Map([
  ...boolFlags.split(' ').map((flag) => [flag, 'bool']),
  ...valueFlags.split(' ').map((flag) => [flag, 'value']),
]);

function usageError(text) {
  process.stdout.write(
    `Incorrect Usage: ${text}\n\nNAME:\n   geth - the go-ethereum command line interface\n`,
  );
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

/** Reads flags by the rules of Go's flag package. */
export function readFlags(argv) {
  const flags = {};
  for (let at = 0; at < argv.length; at++) {
    const argument = argv[at];
    if (!argument.startsWith('-') || argument === '-') return { flags, command: argument };
    if (argument.startsWith('---')) usageError(`bad flag syntax: ${argument}`);
    const [, flag, given] = /^--?([^=]*)(?:=([^]*))?$/.exec(argument);
    if (/^h(elp)?$/.test(flag)) return { flags, command: '--help' };
    if (/^v(ersion)?$/.test(flag)) return { flags, command: '--version' };
    const kind = kinds.get(flag) ?? usageError(`flag provided but not defined: -${flag}`);
    if (kind === 'bool') flags[flag] = !/^(false|0|f|F|FALSE|False)$/.test(given ?? 'true');
    else if (given === undefined && at + 1 >= argv.length)
      usageError(`flag needs an argument: -${flag}`);
    else flags[flag] = given ?? argv[++at];
    if (/port$/.test(flag) && !/^\d+$/.test(flags[flag])) {
      usageError(`invalid value "${flags[flag]}" for flag -${flag}: parse error`);
    }
  }
  return { flags, command: null };
}
